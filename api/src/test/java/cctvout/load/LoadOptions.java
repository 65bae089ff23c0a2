package cctvout.load;

import java.time.Duration;
import java.util.List;

/**
 * Sizes of a run, each a system property {@code load.NAME}.
 *
 * @param cameras 50000
 * @param intervalSeconds 60
 * @param warmup before anything is measured, seconds; 150
 * @param measure each measurement, seconds; 120
 * @param jvm options of the application's JVM, spaces between; {@code -Xmx512m}
 */
record LoadOptions(int cameras, int intervalSeconds, int warmup, int measure, String jvm) {

    static LoadOptions ofProperties() {
        return new LoadOptions(
                Integer.getInteger("load.cameras", 50_000),
                Integer.getInteger("load.interval", 60),
                Integer.getInteger("load.warmup", 150),
                Integer.getInteger("load.measure", 120),
                System.getProperty("load.jvm", "-Xmx512m"));
    }

    LoadOptions every(int seconds) {
        return new LoadOptions(cameras, seconds, warmup, measure, jvm);
    }

    LoadOptions with(int otherCameras) {
        return new LoadOptions(otherCameras, intervalSeconds, warmup, measure, jvm);
    }

    Duration warmupTime() {
        return Duration.ofSeconds(warmup);
    }

    Duration measureTime() {
        return Duration.ofSeconds(measure);
    }

    List<String> jvmOptions() {
        return List.of(jvm.split(" "));
    }

    /** Of all runs, as options of a JVM that is to have the same. */
    static List<String> asProperties() {
        return System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("load."))
                .map(name -> "-D" + name + "=" + System.getProperty(name))
                .toList();
    }
}
