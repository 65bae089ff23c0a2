package cctvout.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import static java.util.Objects.requireNonNull;

import cctvout.camera.Camera;
import cctvout.camera.CameraId;
import cctvout.camera.CameraRegistry;
import cctvout.camera.PostgresCameraRegistry;
import cctvout.store.EmbeddedDatabase;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

class AffectedCamerasTest {

    private final EmbeddedDatabase embedded = EmbeddedDatabase.createFresh();
    private final CameraRegistry registry = new PostgresCameraRegistry(embedded.database());

    @AfterEach
    void close() {
        embedded.close();
    }

    @Test
    void aCameraIsToldOfAsItIsRegisteredWithItsZoneAlsoAfterItsRemoval() throws Exception {
        Camera given = camera("kept");
        Camera kept = get(registry.create(given));
        Camera removed = get(registry.create(camera("removed")));
        get(registry.delete(removed.id(), OptionalLong.empty()));

        var found =
                get(
                        new AffectedCameras(embedded.database())
                                .find(List.of(kept.id(), removed.id(), new CameraId("unknown"))));

        assertThat(found).containsOnlyKeys(kept.id(), removed.id());
        assertThat(found.get(kept.id())).isEqualTo(given.withVersion(1));
        assertThat(requireNonNull(found.get(removed.id())).zone()).isEqualTo("harbour");
    }

    private static Camera camera(String id) {
        return new Camera(
                new CameraId(id),
                "부두 3",
                "천안시 동남구 대흥로 215",
                36.8065,
                127.1522,
                "10.0.0.1",
                "http://10.0.0.2/live.m3u8",
                "L-1",
                "천안국사",
                "동남구",
                "한빛",
                "harbour",
                true,
                Duration.ofSeconds(90),
                new Camera.Probes(true, false),
                0);
    }

    private static <T> T get(Mono<T> answer) throws Exception {
        return answer.toFuture().get(20, TimeUnit.SECONDS);
    }
}
