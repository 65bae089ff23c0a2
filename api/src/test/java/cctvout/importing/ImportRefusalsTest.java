package cctvout.importing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;

import tools.jackson.databind.JsonNode;

import java.util.Objects;

/** What is not taken is named, and what is to be done about it. */
class ImportRefusalsTest extends ImportOverHttp {

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
}
