package cctvout.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.camera.Camera;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

class DemoCityTest {

    private final List<Camera> cameras = DemoCity.cameras(18080);

    @Test
    void fiveHundredCamerasHaveNamesOfTheirOwnAndPlaces() {
        assertThat(cameras).hasSize(500);
        assertThat(cameras).extracting(Camera::id).doesNotHaveDuplicates();
        assertThat(cameras).extracting(Camera::name).doesNotHaveDuplicates();
        assertThat(cameras).extracting(Camera::name).contains("중앙로 사거리", "시청 앞", "역전 광장");
        assertThat(cameras)
                .allSatisfy(
                        camera -> {
                            assertThat(camera.latitude()).isBetween(36.55, 36.85);
                            assertThat(camera.longitude()).isBetween(126.7, 127.0);
                            assertThat(camera.address()).startsWith("가람시 " + camera.district());
                        });
        assertThat(cameras.stream().map(camera -> camera.latitude() + "," + camera.longitude()))
                .doesNotHaveDuplicates();
    }

    @Test
    void linesHaveBetweenEightAndTwentyCameras() {
        assertThat(DemoCity.lines()).hasSize(41).startsWith("L-01").endsWith("L-41");
        assertThat(cameras.stream().collect(Collectors.groupingBy(Camera::line)).values())
                .allMatch(line -> line.size() >= 8 && line.size() <= 20);
        assertThat(DemoCity.sites()).allMatch(site -> site.endsWith("국사"));
        assertThat(cameras.stream().map(Camera::vendor).distinct())
                .containsExactlyInAnyOrderElementsOf(DemoCity.vendors());
        assertThat(cameras.stream().map(Camera::district).distinct())
                .containsExactlyElementsOf(DemoCity.districts());
    }

    @Test
    void twoDistrictsShareMediaServersAndOneOfThemIsKnownByStreamAlone() {
        assertThat(cameras.stream().filter(camera -> camera.ip() == null))
                .hasSize(16)
                .allMatch(camera -> Objects.equals(camera.district(), "솔밭면"))
                .allMatch(Camera::isIcmpTargetDerived);
        assertThat(
                        cameras.stream()
                                .filter(camera -> Objects.equals(camera.district(), "하늘읍"))
                                .filter(camera -> !Objects.equals(camera.ip(), camera.hlsHost()))
                                .map(Camera::hlsHost)
                                .distinct())
                .hasSize(1);
    }
}
