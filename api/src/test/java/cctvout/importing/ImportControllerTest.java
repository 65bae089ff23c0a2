package cctvout.importing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;

import tools.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

class ImportControllerTest extends ImportOverHttp {

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
}
