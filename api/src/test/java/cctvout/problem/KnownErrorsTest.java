package cctvout.problem;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.engine.EngineBusyException;

import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

import java.util.Objects;

class KnownErrorsTest {

    @Test
    void whoAsksForTooManyChecksIsToldWhenToAskAgain() {
        ProblemException answer =
                Objects.requireNonNull(KnownErrors.answerTo(new EngineBusyException(8)));
        assertThat(answer.status()).isEqualTo(HttpStatus.TOO_MANY_REQUESTS);
        assertThat(answer).hasMessageContaining("cctvout.probe.asked-checks: 8");
        assertThat(answer.headers().getFirst(HttpHeaders.RETRY_AFTER)).isEqualTo("2");
    }
}
