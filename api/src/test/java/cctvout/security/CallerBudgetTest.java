package cctvout.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

class CallerBudgetTest {

    private final AtomicLong now = new AtomicLong();
    private final CallerBudget budget = new CallerBudget(10, 3, 2, now::get);

    @Test
    void aBurstPassesThenOneATenthOfASecond() {
        for (int i = 0; i < 3; i++) {
            assertThat(budget.admit("a")).isZero();
        }
        assertThat(budget.admit("a")).isBetween(Duration.ofMillis(99), Duration.ofMillis(101));
        now.addAndGet(Duration.ofMillis(101).toNanos());
        assertThat(budget.admit("a")).isZero();
        assertThat(budget.admit("a")).isPositive();
    }

    @Test
    void oneCallersFloodIsNotAnothers() {
        for (int i = 0; i < 10; i++) {
            budget.admit("a");
        }
        assertThat(budget.admit("b")).isZero();
    }

    @Test
    void quietCallersAreForgottenPastTheLimit() {
        for (int i = 0; i < 4; i++) {
            budget.admit("a");
        }
        budget.admit("b");
        budget.admit("c");
        assertThat(budget.admit("a")).isZero();
    }
}
