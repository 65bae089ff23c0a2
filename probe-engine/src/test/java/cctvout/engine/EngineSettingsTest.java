package cctvout.engine;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;

class EngineSettingsTest {

    /** With no pause allowed at all nothing would ever count. */
    @ParameterizedTest
    @ValueSource(strings = {"0s", "10ms", "-1s", "2h"})
    void aPauseOutOfBoundsIsRefusedByName(String pause) {
        assertThatThrownBy(() -> City.settings(Duration.ofMinutes(1), "pause=" + pause))
                .rootCause()
                .hasMessageContaining("cctvout.probe.pause");
    }

    /** A first bad result is no verdict, and nothing but a second look could tell. */
    @Test
    void aConfirmationWithoutASecondLookIsRefusedByName() {
        assertThatThrownBy(() -> City.settings(Duration.ofMinutes(1), "confirm="))
                .rootCause()
                .hasMessageContaining("cctvout.probe.confirm is empty");
    }
}
