package cctvout.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

import java.util.ArrayList;
import java.util.List;

class ToItsEndTest {

    private final TestPublisher<Integer> source = TestPublisher.create();
    private final List<Integer> unwanted = new ArrayList<>();
    private final ToItsEnd<Integer> whole = new ToItsEnd<>(source.flux(), unwanted::add);

    @Test
    void isTheSourceForWhoStays() {
        StepVerifier.create(whole, 1)
                .then(() -> source.next(1))
                .expectNext(1)
                .thenRequest(1)
                .then(() -> source.next(2).complete())
                .expectNext(2)
                .verifyComplete();
        source.assertWasNotCancelled();
        assertThat(unwanted).isEmpty();
    }

    @Test
    void tellsWhoStaysOfAFailure() {
        StepVerifier.create(whole)
                .then(() -> source.error(new IllegalStateException("no")))
                .verifyErrorMessage("no");
    }

    @Test
    void isReadOnWhereItsSubscriberLeaves() {
        StepVerifier.create(whole, 1)
                .then(() -> source.next(1))
                .expectNext(1)
                .thenCancel()
                .verify();
        source.assertWasNotCancelled();
        source.next(2, 3).complete();
        assertThat(unwanted).containsExactly(2, 3);
    }

    @Test
    void failureThatComesAfterwardsIsNobodys() {
        StepVerifier.create(whole).thenCancel().verify();
        source.error(new IllegalStateException("too late"));
        assertThat(unwanted).isEmpty();
    }
}
