package cctvout.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

class FleetTest {

    @Test
    void everyCameraHasAnAddressOfItsOwnOnLoopback() {
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < 200_000; i++) {
            int address = Fleet.addressOf(i);
            assertThat(seen.add(address)).isTrue();
            assertThat(address >>> 24).isEqualTo(127);
            assertThat(address >> 16 & 0xff).isBetween(16, 239);
            assertThat(address & 0xff).isBetween(1, 250);
        }
    }

    @Test
    void addressesAreReadAndWrittenAlike() {
        assertThat(Fleet.address(Fleet.text(Fleet.addressOf(77)))).isEqualTo(Fleet.addressOf(77));
        assertThat(Fleet.address("camera.example")).isZero();
        assertThat(Fleet.address("127.0.0.256")).isZero();
        assertThat(Fleet.address("127.1")).isZero();
        assertThat(Fleet.address("::1")).isZero();
    }

    @Test
    void csvHasALineForEachCamera() {
        List<String> lines = Fleet.of(2).csv(18080).toList();
        assertThat(lines)
                .containsExactly(
                        "id,name,ip,hlsUrl,line,site,district,vendor",
                        "cam00001,Camera 00001,127.16.0.1,"
                                + "http://127.16.0.1:18080/live/cam00001.stream/playlist.m3u8,"
                                + "L-01,S-01,D-01,V-1",
                        "cam00002,Camera 00002,127.17.0.8,"
                                + "http://127.17.0.8:18080/live/cam00002.stream/playlist.m3u8,"
                                + "L-01,S-01,D-01,V-2");
    }

    @Test
    void sizeIsBounded() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Fleet.of(0))
                .withMessage("cameras: between 1 and 1000000");
        assertThatIllegalArgumentException().isThrownBy(() -> Fleet.of(1_000_001));
    }
}
