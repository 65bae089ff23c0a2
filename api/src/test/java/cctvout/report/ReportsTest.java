package cctvout.report;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.WholeApplication;
import cctvout.store.Database;
import cctvout.web.ApiClient;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

import reactor.test.StepVerifier;

import java.time.Duration;

/** Reports as they are asked for from outside. */
@WholeApplication
class ReportsTest {

    @LocalServerPort private int port;

    @Autowired private Database database;

    @Test
    void availabilityOfACameraAsJson() {
        known("report-json", "L-json");
        client().get()
                .uri(
                        "/api/reports/availability?from=2020-01-01T00:00:00Z&to=2020-01-02T00:00:00Z&by=line")
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentTypeCompatibleWith(MediaType.APPLICATION_JSON)
                .expectBody()
                .jsonPath("$.by")
                .isEqualTo("line")
                .jsonPath("$.from")
                .isEqualTo("2020-01-01T00:00:00Z")
                .jsonPath("$.items[?(@.key == 'L-json')].availability")
                .isEqualTo(0.75)
                .jsonPath("$.items[?(@.key == 'L-json')].line.outages")
                .isEqualTo(1)
                .jsonPath("$.total.cameras")
                .isNumber();
    }

    @Test
    void theSameAsCsv() {
        known("report-csv", "=L");
        String csv =
                client().get()
                        .uri(
                                "/api/reports/availability?from=2020-01-01T00:00:00Z&to=2020-01-02T00:00:00Z&by=line&format=csv")
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .expectHeader()
                        .contentType("text/csv;charset=UTF-8")
                        .expectBody(String.class)
                        .returnResult()
                        .getResponseBody();
        assertThat(csv).contains("\r\n'=L,,1,0.750000,0.750000,64800.0,").contains("\r\nTOTAL,");
    }

    @Test
    void whoTakesCsvAloneNeedNotSaySoTwice() {
        for (String accept : new String[] {"text/csv", "application/json", "*/*"}) {
            client().get()
                    .uri("/api/reports/availability?by=line")
                    .header("Accept", accept)
                    .exchange()
                    .expectStatus()
                    .isOk()
                    .expectHeader()
                    .contentTypeCompatibleWith(
                            accept.equals("text/csv") ? "text/csv" : "application/json");
        }
    }

    @Test
    void theCourseOverTimeWhereItIsAskedFor() {
        known("report-course", "L-course");
        String path =
                "/api/reports/availability?from=2020-01-01T00:00:00Z&to=2020-01-01T23:00:00Z&by=line";
        client().get()
                .uri(path + "&every=6h")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.course.length()")
                .isEqualTo(4)
                .jsonPath("$.course[1].from")
                .isEqualTo("2020-01-01T06:00:00Z")
                .jsonPath("$.course[3].to")
                .isEqualTo("2020-01-01T23:00:00Z")
                .jsonPath("$.course[?(@.outages > 0)]")
                .isNotEmpty();
        client().get()
                .uri(path)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.course")
                .doesNotExist();
        refused(path.substring(path.indexOf('?') + 1) + "&every=1m", "cctvout.report.max-steps");
        refused(path.substring(path.indexOf('?') + 1) + "&every=weekly", "not a duration");
    }

    @Test
    void whatCannotBeIsRefusedAndNamed() {
        refused("by=street", "one of camera, line, vendor, district, site");
        refused("format=pdf", "one of json, csv");
        refused("from=2020-01-02T00:00:00Z&to=2020-01-01T00:00:00Z", "is not before to");
        refused("from=2000-01-01T00:00:00Z&to=2020-01-01T00:00:00Z", "cctvout.report.longest");
        refused("from=yesterday", "not an instant");
    }

    @Test
    void hoursOfACameraThatHasNone() {
        client().get()
                .uri("/api/reports/hours?camera=none")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.items")
                .isEmpty();
    }

    @Test
    void timeInMaintenanceIsLeftOutAsItWasThenWhateverBecameOfTheWindow() {
        known("report-work", "L-work");
        maintenance(
                """
                {"id":"report-work","scope":{"lines":["L-work"]},"startsAt":"2020-01-01T03:00:00Z",
                 "endsAt":"2020-01-01T10:00:00Z"}""");
        client().get()
                .uri(
                        "/api/reports/availability?from=2020-01-01T00:00:00Z&to=2020-01-02T00:00:00Z&by=line")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.items[?(@.key == 'L-work')].maintenanceSeconds")
                .isEqualTo(21600.0)
                .jsonPath("$.items[?(@.key == 'L-work')].line.downSeconds")
                .isEqualTo(10800.0)
                .jsonPath("$.items[?(@.key == 'L-work')].upSeconds")
                .isEqualTo(54000.0);
    }

    /** One that was removed at nine, an hour before its end. */
    private void maintenance(String window) {
        StepVerifier.create(
                        database.client()
                                .sql(
                                        """
                                        insert into maintenance_window values ('report-work', 1, :body,
                                            '2019-12-01', '2020-01-01 09:00Z')""")
                                .bind("body", window)
                                .then())
                .expectComplete()
                .verify(Duration.ofSeconds(20));
    }

    private void refused(String query, String reason) {
        client().get()
                .uri("/api/reports/availability?" + query)
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody(String.class)
                .value(body -> assertThat(body).contains(reason));
    }

    /** Healthy from the first hour of the year on, but for a quarter of that day. */
    private void known(String camera, String line) {
        StepVerifier.create(
                        database.client()
                                .sql(
                                        """
                                        with c as (insert into camera (id, ip, line, enabled, version, removed, revision)
                                            values (:id, '127.0.0.1', :line, false, 1, true, :revision))
                                        insert into verdict_span values
                                            (:revision, :id, '2019-12-31', '2020-01-01 06:00Z', 1),
                                            (:revision + 1, :id, '2020-01-01 06:00Z', '2020-01-01 12:00Z', 3),
                                            (:revision + 2, :id, '2020-01-01 12:00Z', 'infinity', 1)
                                        """)
                                .bind("id", camera)
                                .bind("line", line)
                                .bind(
                                        "revision",
                                        -10L * Math.abs(camera.hashCode() % 1_000_000) - 10)
                                .then())
                .expectComplete()
                .verify(Duration.ofSeconds(20));
    }

    private WebTestClient client() {
        return ApiClient.admin(port);
    }
}
