package cctvout.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamedTargetsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "::1",
                "http://127.0.0.1/live/playlist.m3u8",
                "localhost",
                "cam-7.city.example",
                "CAM7.example"
            })
    void anAddressAUrlOrAHostIsATarget(String argument) {
        assertThat(NamedTargets.isTarget(argument)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"cameras.csv", "cameras.XLSX", "-", "cameras", "out/cameras.csv", "a..b"})
    void whatLooksLikeAFileIsNone(String argument) {
        assertThat(NamedTargets.isTarget(argument)).isFalse();
    }
}
