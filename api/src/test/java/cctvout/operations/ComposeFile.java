package cctvout.operations;

import com.fasterxml.jackson.annotation.JsonProperty;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What of the Compose specification we use: another key is an error, but {@code x-} at the top. A
 * part that is absent is null.
 */
record ComposeFile(
        String name,
        Map<String, Service> services,
        Map<String, @Nullable Volume> volumes,
        @JsonProperty("x-cctv-out") Object common,
        @JsonProperty("x-environment") Object environment,
        @JsonProperty("x-logging") Object logging) {

    record Service(
            String image,
            @Nullable String restart,
            @Nullable Logging logging,
            @Nullable Build build,
            @Nullable List<String> profiles,
            @Nullable List<String> command,
            @Nullable Object depends_on,
            @Nullable Map<String, String> environment,
            @Nullable List<String> ports,
            @Nullable List<String> volumes,
            @Nullable Healthcheck healthcheck,
            @Nullable Deploy deploy,
            @Nullable Boolean read_only,
            @Nullable List<String> tmpfs,
            @Nullable Map<String, String> sysctls,
            @Nullable List<String> cap_drop,
            @Nullable List<String> security_opt,
            @Nullable String shm_size,
            @Nullable String stop_grace_period) {}

    record Logging(String driver, Map<String, String> options) {}

    record Build(String context, String dockerfile) {}

    record Deploy(int replicas, @Nullable Resources resources) {}

    record Resources(Limits limits) {}

    record Limits(String memory) {}

    record Healthcheck(List<String> test, String interval, String timeout, int retries) {}

    record Volume(@Nullable String driver) {}

    /** With these variables; anchors and merges resolved. */
    static ComposeFile read(Path file, Map<String, String> variables) {
        String text = Yaml.interpolated(Yaml.text(file), variables);
        return Yaml.as(ComposeFile.class, Yaml.documents(text).getFirst());
    }
}
