package cctvout.security;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.record.Violation;

import org.junit.jupiter.api.Test;

class AccountChangeTest {

    @Test
    void aNewAccountIsNotCalledAsTheAuditCallsASource() {
        for (String name : new String[] {"its", "ITS"}) {
            assertThat(named(name).violations(true))
                    .extracting(Violation::field)
                    .containsExactly("name");
            assertThat(named(name).violations(false)).as("one of before").isEmpty();
        }
        assertThat(named("its-desk").violations(true)).isEmpty();
    }

    private static AccountChange named(String name) {
        return new AccountChange(name, AccessRole.VIEWER, null, true, "a long password");
    }
}
