package cctvout.camera;

import cctvout.camera.Camera.Probes;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** Cameras for tests. */
public final class Cameras {
    private Cameras() {}

    public static Camera camera(String id) {
        return camera(id, "camera " + id);
    }

    public static Camera camera(String id, @Nullable String name) {
        return camera(id, name, "L-1", "한빛");
    }

    static Camera camera(
            String id, @Nullable String name, @Nullable String line, @Nullable String vendor) {
        return new Camera(
                new CameraId(id),
                name,
                "천안시 동남구 대흥로 215",
                36.8065,
                127.1522,
                "10.0.0.1",
                "http://10.0.0.2/live/" + id + ".m3u8",
                line,
                "천안국사",
                "동남구",
                vendor,
                null,
                true,
                Duration.ofSeconds(90),
                new Probes(true, false),
                0);
    }

    /** Ids c-00000 and on. */
    public static List<Camera> many(int count) {
        return IntStream.range(0, count).mapToObj(i -> camera("c-%05d".formatted(i))).toList();
    }
}
