package cctvout.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.HeaderAssertions;

import java.util.List;

class ErrorsTest extends AdminRig {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"id\":\"e1\",\"ip\":\"10.0.0.1\",\"latitude\":}|latitude|malformed JSON",
                "{\"id\":\"e1\",\"latitude\":\"north\",\"ip\":\"10.0.0.1\"}|latitude|must be a number",
                "{\"id\":\"e1\",\"latitude\":91,\"ip\":\"10.0.0.1\"}|latitude|between -90 and 90",
                "{\"id\":\"e1\",\"longitude\":1e999,\"ip\":\"10.0.0.1\"}|longitude|between",
                "{\"id\":\"e1\",\"hlsUrl\":\"file:///etc/passwd\"}|hlsUrl|must begin with http",
                "{\"id\":\"e1\",\"hlsUrl\":\"http://169.254.169.254/x\"}|hlsUrl|special range",
                "{\"id\":\"e1\",\"ip\":\"10.0.0.1\",\"interval\":\"soon\"}|interval|15m or PT15M",
                "{\"id\":\"e1\",\"ip\":\"10.0.0.1\",\"probes\":{\"icmp\":1}}|probes.icmp|true or false",
                "{\"id\":\"e1\"}|ip|ip or hlsUrl is required",
                "{\"ip\":\"10.0.0.1\"}|id|required",
                "{\"id\":\"e1\",\"id\":\"e2\",\"ip\":\"10.0.0.1\"} x|body|malformed JSON",
                "{\"id\":\"export\",\"ip\":\"10.0.0.1\"}|id|is a path of its own",
                "[]|body|must be a JSON object",
                "{\"id\":\"a/b\",\"ip\":\"10.0.0.1\"}|id|letters, digits"
            })
    void badBodiesNameTheField(String body, String field, String reason) {
        send(HttpMethod.POST, "/api/cameras", body)
                .expectStatus()
                .isBadRequest()
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.status")
                .isEqualTo(400)
                .jsonPath("$.errors[0].field")
                .isEqualTo(field)
                .jsonPath("$.errors[0].reason")
                .value(String.class, said -> assertThat(said).contains(reason));
    }

    /** Told by where it begins: a path of a thousand steps helps nobody. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"|body", "{\"x\":|x", "{\"channels\":[{\"x\":|channels", "{\"LONG\":|body"})
    void whatIsMalformedDeepWithinIsNamedShortly(String before, String field) {
        String begun = before == null ? "" : before.replace("LONG", "n".repeat(5000));
        for (String rest : new String[] {"[".repeat(400), "[".repeat(3000)}) {
            send(HttpMethod.POST, "/api/recipients", begun + rest + "}")
                    .expectStatus()
                    .isBadRequest()
                    .expectBody()
                    .jsonPath("$.errors[0].field")
                    .isEqualTo(field)
                    .jsonPath("$.detail")
                    .value(String.class, said -> assertThat(said).hasSizeLessThan(200));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/api/cameras?limit=0,limit",
        "/api/cameras?limit=many,limit",
        "/api/cameras?verdict=SICK,verdict",
        "/api/transitions?after=-1,after",
        "/api/cameras/x/checks?from=yesterday,from",
        "/api/issues?status=WRONG,status",
        "/api/issues?cursor=x,cursor",
        "/api/notifications?status=WRONG,status",
        "/api/reports/availability?from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z,from",
        "/api/reports/availability?to=-1000000000-01-01T00:00:00Z,to",
        "/api/cameras/x/checks?to=-1000000000-01-01T00:00:00Z,to",
        "/api/issues?status=OPEN&status=IN_PROGRESS,status",
        "/api/cameras?line=L-1&line=L-2,line",
        "/api/cameras?limit=5&limit=50,limit",
        "/api/reports/hours,camera"
    })
    void badParametersAreNamed(String path, String field) {
        client.get()
                .uri(path)
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo(field);
    }

    /** Where a type of ours ends, and what was given does not. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "POST|/api/cameras|{\"id\":\"e1\",\"ip\":\"10.0.0.1\",\"latitude\":?}|latitude",
                "POST|/api/policies|{\"id\":\"e1\",\"priority\":?}|priority",
                "POST|/api/recipients|{\"role\":\"CONTROL_ROOM\",\"version\":?}|version",
                "PATCH|/api/issues/x|{\"plannedVisitAt\":\"+1000000000-01-01T00:00:00Z\"}|plannedVisitAt",
                "POST|/api/policies/try|{\"at\":\"-1000000000-01-01T00:00:00Z\"}|at",
                "POST|/api/tokens|{\"name\":\"e\",\"expiresAt\":?}|expiresAt"
            })
    void whatIsBeyondAllMeasureNamesTheField(
            String method, String path, String body, String field) {
        send(HttpMethod.valueOf(method), path, body.replace("?", "9".repeat(400)))
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo(field);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/cameras/unknown",
                "/api/cameras/unknown/status",
                "/api/cameras/unknown/checks",
                "/api/cameras/unknown/transitions",
                "/api/cameras/a%20b",
                "/api/issues/unknown",
                "/api/notifications/unknown",
                "/api/recipients/unknown",
                "/api/nothing",
                "/nothing"
            })
    void whatIsNotThereIsAProblem404(String path) {
        client.get()
                .uri(java.net.URI.create("http://localhost:" + port + path))
                .exchange()
                .expectStatus()
                .isNotFound()
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON);
    }

    /** RFC 9110, 10.2.1: all that the path takes is named. */
    @Test
    void aMethodThatIsNotTakenIsToldWhichAre() {
        refusedBut("DELETE", "/api/cameras", "GET", "HEAD", "OPTIONS", "POST");
        for (String method : List.of("POST", "PUT", "PATCH", "DELETE")) {
            refusedBut(method, "/api/session", "GET", "OPTIONS");
        }
        for (String method : List.of("TRACE", "PROPFIND")) {
            refusedBut(method, "/api/cameras", "GET", "POST");
        }
    }

    private void refusedBut(String method, String path, String... taken) {
        client.method(HttpMethod.valueOf(method))
                .uri(path)
                .exchange()
                .expectStatus()
                .isEqualTo(405)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectHeader()
                .value("Allow", allow -> assertThat(allow.split(",\\s*")).contains(taken))
                .expectBody()
                .jsonPath("$.status")
                .isEqualTo(405);
    }

    /** The path is the table's: a camera of this name could never be read. */
    @Test
    void theExportIsNoCamera() {
        client.get()
                .uri("/api/cameras/export")
                .accept(MediaType.APPLICATION_JSON)
                .exchange()
                .expectStatus()
                .isEqualTo(406)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON);
        client.get().uri("/api/cameras/export").exchange().expectStatus().isOk();
    }

    /** The page says in words that there is no such page. */
    @Test
    void aBrowserThatOpensWhatIsNotThereGetsThePageAProgramDoesNot() {
        notThere("/nothing").contentType("text/html");
        notThere("/nothing/at/all").contentType("text/html");
        notThere("/api/nothing").contentType(MediaType.APPLICATION_PROBLEM_JSON);
        notThere("/actuator/nothing").contentType(MediaType.APPLICATION_PROBLEM_JSON);
    }

    private HeaderAssertions notThere(String path) {
        return client.get()
                .uri(path)
                .header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
                .exchange()
                .expectStatus()
                .isNotFound()
                .expectHeader();
    }

    @Test
    void wrongMethodMediaTypeAndSizeAreProblems() {
        client.delete()
                .uri("/api/cameras")
                .exchange()
                .expectStatus()
                .isEqualTo(405)
                .expectHeader()
                .exists("Allow")
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON);
        client.post()
                .uri("/api/cameras")
                .contentType(MediaType.TEXT_PLAIN)
                .bodyValue("x")
                .exchange()
                .expectStatus()
                .isEqualTo(415)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON);
        send(HttpMethod.POST, "/api/cameras", "{\"name\":\"" + "x".repeat(1_100_000) + "\"}")
                .expectStatus()
                .isEqualTo(413)
                .expectBody()
                .jsonPath("$.detail")
                .value(
                        String.class,
                        said -> assertThat(said).contains("spring.http.codecs.max-in-memory-size"));
    }
}
