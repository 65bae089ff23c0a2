package cctvout.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

import java.time.Instant;

/** Maintenance windows as they are written and read from outside. */
class MaintenanceWindowsTest extends AdminRig {

    private static final String NIGHTS =
            "\"repeat\":{\"days\":[\"MONDAY\"],\"start\":\"02:00\",\"duration\":\"2h\"}";

    @Test
    void aWindowIsWrittenReadChangedAndRemoved() {
        post("{\"id\":\"mw-1\",\"scope\":{\"lines\":[\"mw-L\"]}," + NIGHTS + "}")
                .expectStatus()
                .isCreated()
                .expectHeader()
                .valueEquals(HttpHeaders.LOCATION, "/api/maintenance-windows/mw-1")
                .expectHeader()
                .valueEquals(HttpHeaders.ETAG, "\"1\"")
                .expectBody()
                .jsonPath("$.name")
                .isEqualTo("mw-1")
                .jsonPath("$.createdBy")
                .isEqualTo("admin")
                .jsonPath("$.repeat.timeZone")
                .isEqualTo("Asia/Seoul")
                .jsonPath("$.repeat.duration")
                .isEqualTo("PT2H")
                .jsonPath("$.nextStart")
                .isNotEmpty()
                .jsonPath("$.nextEnd")
                .isNotEmpty();
        post("{\"id\":\"mw-1\",\"scope\":{\"lines\":[\"mw-L\"]}," + NIGHTS + "}")
                .expectStatus()
                .isEqualTo(409);
        patch("mw-1", "\"7\"", "{\"name\":\"late\"}").expectStatus().isEqualTo(412);
        patch("mw-1", "\"1\"", "{\"reason\":\"new cable\",\"enabled\":false}")
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals(HttpHeaders.ETAG, "\"2\"")
                .expectBody()
                .jsonPath("$.reason")
                .isEqualTo("new cable")
                .jsonPath("$.scope.lines[0]")
                .isEqualTo("mw-L")
                .jsonPath("$.nextStart")
                .isEmpty();
        client.delete()
                .uri("/api/maintenance-windows/mw-1")
                .exchange()
                .expectStatus()
                .isNoContent();
        client.get().uri("/api/maintenance-windows/mw-1").exchange().expectStatus().isNotFound();
        post("{\"id\":\"mw-1\",\"scope\":{\"lines\":[\"mw-L\"]}," + NIGHTS + "}")
                .expectStatus()
                .isCreated()
                .expectHeader()
                .valueEquals(HttpHeaders.ETAG, "\"3\"");
        client.delete().uri("/api/maintenance-windows/mw-1").exchange();
    }

    @Test
    void theOpenOnesAreListedAndTheirCamerasSaySo() {
        Instant end = Instant.now().plusSeconds(3600);
        client.post()
                .uri("/api/cameras")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(
                        "{\"id\":\"mw-cam\",\"ip\":\"10.0.0.9\",\"site\":\"mw-S\",\"enabled\":false}")
                .exchange()
                .expectStatus()
                .isCreated();
        post("""
                        {"id":"mw-2","name":"cable","scope":{"sites":["mw-S"]},
                         "startsAt":"%s","endsAt":"%s"}"""
                        .formatted(end.minusSeconds(7200), end))
                .expectStatus()
                .isCreated()
                .expectBody()
                .jsonPath("$.activeNow")
                .isEqualTo(true)
                .jsonPath("$.nextEnd")
                .isEqualTo(end.toString());
        assertThat(list("true")).contains("mw-2");
        assertThat(list("false")).doesNotContain("mw-2");
        client.get()
                .uri("/api/cameras/mw-cam/status")
                .exchange()
                .expectBody()
                .jsonPath("$.verdict")
                .isEqualTo("UNKNOWN")
                .jsonPath("$.maintenance.windowId")
                .isEqualTo("mw-2")
                .jsonPath("$.maintenance.name")
                .isEqualTo("cable")
                .jsonPath("$.maintenance.until")
                .isNotEmpty();
        client.delete().uri("/api/maintenance-windows/mw-2").exchange();
        client.get()
                .uri("/api/cameras/mw-cam/status")
                .exchange()
                .expectBody()
                .jsonPath("$.maintenance")
                .doesNotExist();
    }

    private String list(String active) {
        String body =
                client.get()
                        .uri("/api/maintenance-windows?active=" + active)
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .expectBody(String.class)
                        .returnResult()
                        .getResponseBody();
        return body == null ? "" : body;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"repeat\":{\"days\":[\"MONDAY\"],\"start\":\"02:00\",\"duration\":\"2h\"}}|scope",
                "{\"scope\":{\"everything\":true}}|startsAt",
                "{\"scope\":{\"everything\":true},\"startsAt\":\"2030-01-02T00:00:00Z\",\"endsAt\":\"2030-01-01T00:00:00Z\"}|endsAt",
                "{\"scope\":{\"everything\":true},\"startsAt\":\"2020-01-01T00:00:00Z\",\"endsAt\":\"2020-01-02T00:00:00Z\"}|endsAt",
                "{\"scope\":{\"everything\":true},\"startsAt\":\"soon\"}|startsAt",
                "{\"scope\":{\"everything\":true},\"repeat\":{\"days\":[\"MOONDAY\"],\"start\":\"02:00\",\"duration\":\"2h\"}}|repeat.days[0]",
                "{\"scope\":{\"everything\":true},\"repeat\":{\"days\":[],\"start\":\"02:00\",\"duration\":\"2h\"}}|repeat.days",
                "{\"scope\":{\"everything\":true},\"repeat\":{\"days\":[\"MONDAY\"],\"start\":\"02:00\",\"duration\":\"8d\"}}|repeat.duration",
                "{\"scope\":{\"everything\":true},\"repeat\":{\"days\":[\"MONDAY\"],\"start\":\"02:00\"}}|repeat.duration",
                "{\"scope\":{\"everything\":true},\"repeat\":{\"days\":[\"MONDAY\"],\"start\":\"02:00\",\"duration\":\"2h\",\"timeZone\":\"Mars\"}}|repeat.timeZone",
                "{\"scope\":{\"lines\":[\"\"]},\"repeat\":{\"days\":[\"MONDAY\"],\"start\":\"02:00\",\"duration\":\"2h\"}}|scope.lines[0]"
            })
    void whatIsNoWindowIsRefusedByField(String body, String field) {
        post(body)
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo(field);
    }

    private WebTestClient.ResponseSpec post(String body) {
        return send(HttpMethod.POST, "/api/maintenance-windows", body);
    }

    private WebTestClient.ResponseSpec patch(String id, String ifMatch, String body) {
        return client.patch()
                .uri("/api/maintenance-windows/" + id)
                .contentType(MediaType.APPLICATION_JSON)
                .header(HttpHeaders.IF_MATCH, ifMatch)
                .bodyValue(body)
                .exchange();
    }
}
