package cctvout.importing;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.camera.CameraCheck;
import cctvout.network.AllowedNetworks;
import cctvout.problem.ProblemAnswers;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.util.unit.DataSize;
import org.springframework.web.reactive.config.EnableWebFlux;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;

import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Over HTTP on a real server; what PostgreSQL makes of it is the registry's test. */
class ImportControllerTest {

    private static final MediaType CSV = MediaType.parseMediaType("text/csv");

    private final MemoryRegistry registry = new MemoryRegistry();
    private final AnnotationConfigApplicationContext context =
            new AnnotationConfigApplicationContext();
    private final JsonMapper json = JsonMapper.builder().build();
    private DisposableServer server;
    private WebTestClient client;

    @EnableWebFlux
    static class Web {}

    @BeforeEach
    void start() throws Exception {
        var settings =
                new ImportSettings(
                        DataSize.ofMegabytes(16), DataSize.ofMegabytes(64), 60_000, 65_536, 3, 2);
        var networks = AllowedNetworks.of(java.util.List.of("private", "public", "127.0.0.0/8"));
        var cameraImport = new CameraImport(registry, new CameraCheck(networks), settings);
        context.register(Web.class);
        context.registerBean(JsonMapper.class, () -> json);
        context.registerBean(
                ImportController.class, () -> new ImportController(cameraImport, registry));
        context.register(ProblemAnswers.class);
        context.refresh();
        var handler =
                new ReactorHttpHandlerAdapter(
                        WebHttpHandlerBuilder.applicationContext(context).build());
        server =
                HttpServer.create()
                        .host("127.0.0.1")
                        .port(0)
                        .handle(handler)
                        .bind()
                        .cast(DisposableServer.class)
                        .toFuture()
                        .get(10, TimeUnit.SECONDS);
        client =
                WebTestClient.bindToServer()
                        .baseUrl("http://127.0.0.1:" + server.port())
                        .responseTimeout(Duration.ofSeconds(30))
                        .codecs(c -> c.defaultCodecs().maxInMemorySize(32 << 20))
                        .build();
    }

    @AfterEach
    void stop() {
        server.disposeNow();
        context.close();
    }

    @Test
    void sameFileTwiceChangesNothing() throws Exception {
        byte[] file = CameraTableTest.resource("open-data-ms949.csv");
        assertThat(counts(post("", file))).isEqualTo("12 received: 12 0 0 0");
        assertThat(Objects.requireNonNull(registry.get("CAM002")).name()).isEqualTo("똠방각하 사거리");
        JsonNode again = post("", file);
        assertThat(counts(again)).isEqualTo("12 received: 0 0 12 0");
        assertThat(again.get("ignoredColumns")).hasSize(3);
        assertThat(Objects.requireNonNull(registry.get("CAM002")).version()).isEqualTo(1);
    }

    @Test
    void dryRunForetellsAndChangesNothing() {
        post("", csv("id,ip\nA,10.0.0.1\nB,10.0.0.2"));
        byte[] change = csv("id,ip\nA,10.0.0.1\nB,10.0.0.3\nC,10.0.0.4\nD,nowhere!");
        assertThat(counts(post("?dryRun=true", change))).isEqualTo("4 received: 1 1 1 1");
        assertThat(registry.cameras).hasSize(2);
        assertThat(Objects.requireNonNull(registry.get("B")).ip()).isEqualTo("10.0.0.2");
        assertThat(counts(post("", change))).isEqualTo("4 received: 1 1 1 1");
        assertThat(registry.cameras).hasSize(3);
    }

    @Test
    void badRowsAreNamedAndTheRestIsKept() {
        JsonNode report =
                post(
                        "",
                        csv(
                                """
                                id,위도,ip,hls
                                A,36.8,10.0.0.1,
                                B,236.8,10.0.0.2,
                                C,36.8,,file:///etc/passwd
                                A,36.8,10.0.0.4,
                                D,36.8,,http://169.254.169.254/latest
                                E,36.8,10.0.0.5,
                                """));
        assertThat(counts(report)).isEqualTo("6 received: 2 0 0 4");
        assertThat(report.get("errors")).hasSize(3);
        assertThat(report.get("errorsLeftOut").asInt()).isEqualTo(1);
        assertThat(report.get("errors").get(0).get("row").asInt()).isEqualTo(3);
        assertThat(report.get("errors").get(0).get("column").asString()).isEqualTo("위도");
        assertThat(report.get("errors").get(2).get("reason").asString())
                .isEqualTo("same id as row 2");
        assertThat(registry.cameras.keySet())
                .extracting(id -> id.value())
                .containsExactly("A", "E");
        assertThat(Objects.requireNonNull(registry.get("A")).ip()).isEqualTo("10.0.0.1");
    }

    @Test
    void formFieldNamedFileIsTaken() {
        String form =
                """
                --edge\r
                Content-Disposition: form-data; name="note"\r
                \r
                not the file\r
                --edge\r
                Content-Disposition: form-data; name="file"; filename="cameras.csv"\r
                Content-Type: application/octet-stream\r
                \r
                id,ip
                A,10.0.0.1\r
                --edge--\r
                """;
        byte[] body =
                client.post()
                        .uri("/api/cameras/import")
                        .contentType(MediaType.parseMediaType("multipart/form-data;boundary=edge"))
                        .bodyValue(csv(form))
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .expectBody()
                        .returnResult()
                        .getResponseBody();
        assertThat(counts(json.readTree(Objects.requireNonNull(body))))
                .isEqualTo("1 received: 1 0 0 0");
    }

    @Test
    void aFormWithoutTheTableNamesThePartThatIsMissing() {
        var form = MediaType.parseMediaType("multipart/form-data;boundary=edge");
        byte[] other =
                csv(
                        "--edge\r\nContent-Disposition: form-data; name=\"table\"; filename=\"t.csv\""
                                + "\r\n\r\nid,ip\nf-1,10.0.0.1\n\r\n--edge--\r\n");
        problem(400, "", other, form, "file: required");
    }

    @Test
    void ofTwoTablesInAFormNeitherIsReadUnderTheOthersHeader() {
        var form = MediaType.parseMediaType("multipart/form-data;boundary=edge");
        String part =
                "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\n\r\n";
        String both =
                part.formatted("a.csv")
                        + "id,ip\nA,10.0.0.1\n\r\n"
                        + part.formatted("b.csv")
                        + "ip,id\n10.0.0.2,B\n\r\n--edge--\r\n";
        problem(400, "", csv(both), form, "file: one table at a time");
    }

    /** Else what is meant as a preview would write. */
    @Test
    void whatBelongsIntoTheQueryIsNotPassedOver() {
        byte[] table = csv("id,ip\nA,10.0.0.1\n");
        named("dryrun", problem(400, "?dryrun=true", table, CSV, "there is no such parameter"));
        var form = MediaType.parseMediaType("multipart/form-data;boundary=edge");
        String part = "--edge\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n";
        String file = part.formatted("file\"; filename=\"a.csv", "id,ip\nA,10.0.0.1\n");
        for (String name : new String[] {"dryRun", "dryrun", "charset", "map"}) {
            String word = part.formatted(name, "true");
            for (String both : new String[] {word + file, file + word}) {
                byte[] body = csv(both + "--edge--\r\n");
                named(name, problem(400, "", body, form, name + ": belongs into the query"));
            }
        }
        assertThat(registry.cameras).isEmpty();
        assertThat(counts(post("?dryRun=true&charset=utf-8&map=line:x", table)))
                .isEqualTo("1 received: 1 0 0 0");
    }

    @Test
    void whatIsPackedIsNotReadAsText() {
        byte[] packed = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 3};
        problem(415, "", packed, CSV, "this is a gzip file: unpack it");
        client.post()
                .uri("/api/cameras/import")
                .contentType(CSV)
                .header("Content-Encoding", "gzip")
                .bodyValue(packed)
                .exchange()
                .expectStatus()
                .isEqualTo(415)
                .expectHeader()
                .valueEquals("Accept-Encoding", "identity")
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo("Content-Encoding")
                .jsonPath("$.errors[0].value")
                .isEqualTo("gzip");
    }

    @Test
    void whatIsWrongWithAParameterNamesIt() {
        byte[] table = csv("id,ip\n");
        named("charset", problem(400, "?charset=latin1", table, CSV, "charset: one of auto"));
        named("map", problem(400, "?map=wo:x", table, CSV, "map: FIELD:HEADER"));
        var form = MediaType.parseMediaType("multipart/form-data;boundary=edge");
        named("body", problem(400, "", csv("no form at all"), form, "body: "));
    }

    @Test
    void utf16IsTakenWithAMarkAndWithout() {
        String table = "id,ip,name\nA,10.0.0.1,물빛공원\n";
        for (String name : new String[] {"utf-16", "utf-16le"}) {
            byte[] marked = ("\ufeff" + table).getBytes(StandardCharsets.UTF_16LE);
            assertThat(counts(post("?dryRun=true&charset=" + name, marked)))
                    .isEqualTo("1 received: 1 0 0 0");
        }
        for (String name : new String[] {"utf-16", "utf-16be"}) {
            byte[] bare = table.getBytes(StandardCharsets.UTF_16BE);
            assertThat(counts(post("?dryRun=true&charset=" + name, bare)))
                    .isEqualTo("1 received: 1 0 0 0");
        }
    }

    @Test
    void whatIsNoTableOfCamerasIsAProblem() {
        problem(400, "", csv("name,ip\nx,10.0.0.1"), CSV, "id, CCTV관리번호, 관리번호");
        problem(400, "", new byte[0], CSV, "empty");
        problem(400, "?charset=latin1", csv("id,ip\n"), CSV, "charset: one of auto");
        problem(400, "?dryRun=perhaps", csv("id,ip\n"), CSV, "dryRun");
        problem(400, "", csv("PK\u0003\u0004xx"), CSV, "not a readable XLSX file");
        var xlsx =
                MediaType.parseMediaType(
                        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
        problem(400, "", csv("PK"), xlsx, "id");
        problem(415, "", csv("{}"), MediaType.APPLICATION_JSON, "");
    }

    @Test
    void tooLargeBodyNamesTheSetting() {
        problem(413, "", new byte[17 << 20], CSV, "cctvout.import.max-bytes");
    }

    @Test
    void exportIsTakenBackUnchanged() {
        post("", csv("id,ip,name,interval\nA,10.0.0.1,\"=1+1, \"\"x\"\"\",90\nB,10.0.0.2,물빛공원,"));
        post("", csv("id,ip,lat,lon\nB,10.0.0.2,-33.9,-0.0000001"));
        byte[] exported =
                client.get()
                        .uri("/api/cameras/export")
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .expectHeader()
                        .contentType("text/csv;charset=UTF-8")
                        .expectBody()
                        .returnResult()
                        .getResponseBody();
        assertThat(new String(Objects.requireNonNull(exported), StandardCharsets.UTF_8))
                .startsWith("\ufeffid,name,")
                .contains("\"'=1+1, \"\"x\"\"\"", "물빛공원", "PT1M30S", ",-33.9,-1.0E-7,");
        assertThat(counts(post("", exported))).isEqualTo("2 received: 0 0 2 0");
    }

    @Test
    void fiftyThousandRowsGoInBatches() {
        var text = new StringBuilder("id,name,latitude,longitude,ip,line\n");
        for (int i = 0; i < 50_000; i++) {
            text.append("C").append(i).append(",카메라 ").append(i).append(",36.5,127.25,10.");
            text.append(i / 62_500).append('.').append(i / 250).append('.').append(i % 250);
            text.append(",L-").append(i % 100).append('\n');
        }
        assertThat(counts(post("", csv(text.toString())))).isEqualTo("50000 received: 50000 0 0 0");
        assertThat(registry.batches).hasSize(50).allMatch(size -> size == 1000);
    }

    private static void named(String field, JsonNode problem) {
        assertThat(problem.get("errors").get(0).get("field").asString()).isEqualTo(field);
    }

    private JsonNode problem(int status, String query, byte[] body, MediaType type, String detail) {
        byte[] answer =
                client.post()
                        .uri("/api/cameras/import" + query)
                        .contentType(type)
                        .bodyValue(body)
                        .exchange()
                        .expectStatus()
                        .isEqualTo(status)
                        .expectHeader()
                        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                        .expectBody()
                        .returnResult()
                        .getResponseBody();
        JsonNode problem = json.readTree(Objects.requireNonNull(answer));
        assertThat(problem.get("detail").asString()).contains(detail);
        return problem;
    }

    private JsonNode post(String query, byte[] body) {
        byte[] answer =
                client.post()
                        .uri("/api/cameras/import" + query)
                        .contentType(CSV)
                        .bodyValue(body)
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .expectBody()
                        .returnResult()
                        .getResponseBody();
        return json.readTree(Objects.requireNonNull(answer));
    }

    private static String counts(JsonNode report) {
        return "%d received: %d %d %d %d"
                .formatted(
                        report.get("received").asInt(),
                        report.get("created").asInt(),
                        report.get("updated").asInt(),
                        report.get("unchanged").asInt(),
                        report.get("rejected").asInt());
    }

    private static byte[] csv(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
