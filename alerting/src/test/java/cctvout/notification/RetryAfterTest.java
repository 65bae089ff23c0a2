package cctvout.notification;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;

class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            delimiter = '|',
            value = {
                "120                           | PT2M",
                "0                             | PT0S",
                "Sat, 21 Nov 2026 08:00:30 GMT | PT30S",
                "Sat, 21 Nov 2026 07:00:00 GMT | PT0S",
                "-                             | -",
                "soon                          | -",
                "-5                            | -",
                "99999999999999999999          | -"
            })
    void secondsAndDatesAreReadAndNonsenseIsNot(String header, Duration expected) {
        assertThat(RetryAfter.parse(header, NOW)).isEqualTo(expected);
    }
}
