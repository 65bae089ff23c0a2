package cctvout.cli;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.simulator.Fleet;
import cctvout.simulator.FleetOptions;
import cctvout.simulator.FleetServer;
import cctvout.simulator.Scenario;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** On a simulated fleet over loopback, through the door that the jar's {@code main} uses. */
@Timeout(60)
@ExtendWith(KeptLogLevel.class)
class CheckCommandTest {

    @TempDir private Path folder;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<FleetServer> servers = new java.util.ArrayList<>();

    @AfterEach
    void close() {
        servers.forEach(FleetServer::close);
    }

    @Test
    void healthyFleetIsExitCodeZero() throws Exception {
        Path csv = fleet(Fleet.of(20), "");
        assertThat(run("check", csv.toString(), "--hls-only")).as(err.toString()).isZero();
        assertThat(lines()).hasSize(20).allMatch(line -> line.startsWith("HEALTHY"));
        assertThat(summary()).matches("20 cameras in \\d+\\.\\d\\d s, \\d+ cameras/s: 20 healthy");
    }

    @Test
    void faultsAreTellableByLineReasonAndSummary() throws Exception {
        Path csv = fleet(Fleet.of(10), "at 0s camera 3 404\nat 0s camera 7 garbage\n");
        assertThat(run("check", csv.toString(), "--hls-only")).isEqualTo(1);
        assertThat(line("cam00003"))
                .matches("CAMERA_FAULT +cam00003 +- +HTTP_404 \\d+ ms +HTTP_404");
        assertThat(line("cam00007")).startsWith("CAMERA_FAULT").contains("NOT_A_PLAYLIST");
        assertThat(summary()).endsWith(": 8 healthy, 2 camera fault");
    }

    @Test
    void deadMediaServerIsItsOwnFaultNotItsCameras() throws Exception {
        Path csv = folder.resolve("dead.csv");
        Files.writeString(
                csv,
                "id,hls\n"
                        + "A,http://127.250.0.9:9/a/playlist.m3u8\n"
                        + "B,http://127.250.0.9:9/b/playlist.m3u8\n"
                        + "C,http://127.250.0.9:9/c/playlist.m3u8\n");
        assertThat(run("check", csv.toString(), "--hls-only")).isEqualTo(1);
        assertThat(summary()).endsWith(": 3 stream server fault");
        assertThat(lines()).allMatch(line -> line.endsWith("CONNECT_REFUSED"));
    }

    @Test
    void echoesOverLoopbackAreCounted() throws Exception {
        Path csv = folder.resolve("icmp.csv");
        Files.writeString(csv, "id,ip\nA,127.90.0.1\nB,127.90.0.2\n");
        int code =
                run("check", csv.toString(), "--icmp-only", "--count", "2", "--timeout", "500ms");
        if (err.toString(StandardCharsets.UTF_8).contains("may not open an ICMP socket")) {
            assertThat(code).isEqualTo(1);
            assertThat(summary()).endsWith(": 2 unknown");
        } else {
            assertThat(code).isZero();
            assertThat(line("A")).matches("HEALTHY +A +2/2 \\d+\\.\\d\\d ms +- +OK");
            assertThat(summary()).endsWith(": 2 healthy");
        }
    }

    @Test
    void jsonIsOneCameraStatusALine() throws Exception {
        Path csv = fleet(Fleet.of(3), "at 0s camera 2 503\n");
        assertThat(run("check", csv.toString(), "--hls-only", "--json")).isEqualTo(1);
        JsonMapper json = JsonMapper.builder().build();
        for (String line : lines()) {
            JsonNode status = json.readTree(line);
            assertThat(status.propertyNames())
                    .containsExactlyInAnyOrder(
                            "cameraId", "verdict", "reason", "since", "icmp", "hls");
            assertThat(status.get("since").asString()).endsWith("Z");
            boolean second = status.get("cameraId").asString().equals("cam00002");
            assertThat(status.get("verdict").asString())
                    .isEqualTo(second ? "CAMERA_FAULT" : "HEALTHY");
            assertThat(status.get("hls").get("httpStatus").asInt()).isEqualTo(second ? 503 : 200);
        }
        assertThat(lines()).hasSize(3);
    }

    @Test
    void standardInputIsReadWhereTheFileIsADash() throws Exception {
        String csv = Files.readString(fleet(Fleet.of(2), ""));
        var terminal =
                new Terminal(
                        new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)),
                        new PrintStream(out),
                        new PrintStream(err),
                        false);
        assertThat(Cli.run(terminal, "check", "-", "--hls-only")).isZero();
        assertThat(lines()).hasSize(2);
    }

    @Test
    void addressesAndUrlsAreTargetsOfTheirOwn() throws Exception {
        FleetServer server = serve(Fleet.of(2), "");
        assertThat(run("check", server.url(1), server.url(2), "--hls-only"))
                .as(err.toString())
                .isZero();
        assertThat(lines()).hasSize(2).allMatch(line -> line.startsWith("HEALTHY"));
        out.reset();
        assertThat(run("check", "127.0.0.1", "--icmp-only", "--count", "1"))
                .as(err.toString())
                .isZero();
        assertThat(lines()).singleElement().asString().matches("HEALTHY +127.0.0.1 .*");
    }

    @Test
    void aTargetThatCannotBeOneIsNamed() {
        assertThat(run("check", "127.0.0.1", "224.0.0.1", "ftp://127.0.0.1/x")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("224.0.0.1: multicast and broadcast addresses are never probed")
                .contains("ftp://127.0.0.1/x: ");
        assertThat(out.size()).isZero();
    }

    @Test
    void badRowIsNamedByFileRowAndColumn() throws Exception {
        Path csv = folder.resolve("bad.csv");
        Files.writeString(csv, "관리번호,IP,위도\nA,127.0.0.1,36\nB,224.0.0.1,36\nC,127.0.0.1,361\n");
        assertThat(run("check", csv.toString())).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("bad.csv: row 3, column IP: ")
                .contains("bad.csv: row 4, column 위도: between -90 and 90: \"361.0\"");
        assertThat(out.size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "check missing.csv",
                "check",
                "check a.csv b.csv",
                "check a.csv --count 0",
                "check a.csv --timeout soon",
                "check a.csv --icmp-only --hls-only",
                "simulate --cameras 0",
                "nonsense"
            })
    void wrongUseIsExitCodeTwoWithAMessage(String line) {
        assertThat(run(line.split(" "))).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).isNotBlank();
    }

    @Test
    void helpAndVersionAreNoErrors() {
        assertThat(run("--help")).isZero();
        assertThat(run("check", "--help")).isZero();
        assertThat(run("--version")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("check", "--icmp-only", "CCTV Out");
    }

    @Test
    void summaryHasTheAgreedForm() {
        var summary = new CheckSummary();
        for (int i = 0; i < 50_000; i++) {
            summary.add(
                    i < 10 ? cctvout.status.Verdict.LINE_FAULT : cctvout.status.Verdict.HEALTHY);
        }
        assertThat(summary.text(TimeUnit.MILLISECONDS.toNanos(410)))
                .isEqualTo(
                        "50000 cameras in 0.41 s, 121951 cameras/s: 49990 healthy, 10 line fault");
    }

    private Path fleet(Fleet fleet, String scenario) throws IOException, Exception {
        FleetServer server = serve(fleet, scenario);
        Path csv = folder.resolve("cameras.csv");
        Files.writeString(csv, fleet.csv(server.port()).collect(Collectors.joining("\n")));
        return csv;
    }

    private FleetServer serve(Fleet fleet, String scenario) throws Exception {
        var options = FleetOptions.of(fleet, 0).playing(Scenario.parse(scenario));
        FleetServer server = FleetServer.start(options).toFuture().get(10, TimeUnit.SECONDS);
        servers.add(server);
        return server;
    }

    private int run(String... args) {
        var terminal =
                new Terminal(
                        new ByteArrayInputStream(new byte[0]),
                        new PrintStream(out),
                        new PrintStream(err),
                        false);
        return Cli.run(terminal, args);
    }

    private List<String> lines() {
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private String line(String id) {
        return lines().stream()
                .filter(line -> line.contains(" " + id + " "))
                .findFirst()
                .orElse("");
    }

    private String summary() {
        return err.toString(StandardCharsets.UTF_8).lines().toList().getLast();
    }
}
