package cctvout.web;

import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

class CamerasTest extends AdminRig {

    @Test
    void livesFromCreationToDeletion() {
        post("{\"id\":\"life-1\",\"name\":\"시청 앞\",\"ip\":\"10.1.0.1\",\"interval\":\"15m\"}")
                .expectStatus()
                .isCreated()
                .expectHeader()
                .valueEquals("Location", "/api/cameras/life-1")
                .expectHeader()
                .valueEquals("ETag", "\"1\"")
                .expectBody()
                .jsonPath("$.name")
                .isEqualTo("시청 앞")
                .jsonPath("$.interval")
                .isEqualTo("PT15M")
                .jsonPath("$.probes.hls")
                .isEqualTo(true);
        post("{\"id\":\"life-1\",\"ip\":\"10.1.0.1\"}").expectStatus().isEqualTo(409);
        client.get()
                .uri("/api/cameras/life-1")
                .header("If-None-Match", "\"1\"")
                .exchange()
                .expectStatus()
                .isNotModified();
        send(HttpMethod.PUT, "life-1", "\"1\"", "{\"ip\":\"10.1.0.2\",\"line\":\"L-1\"}")
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("ETag", "\"2\"")
                .expectBody()
                .jsonPath("$.name")
                .isEmpty();
        send(HttpMethod.PUT, "life-1", "\"1\"", "{\"ip\":\"10.1.0.3\"}")
                .expectStatus()
                .isEqualTo(412);
        client.delete()
                .uri("/api/cameras/life-1")
                .header("If-Match", "\"1\"")
                .exchange()
                .expectStatus()
                .isEqualTo(412);
        for (String malformed : new String[] {"", "2"}) {
            send(HttpMethod.PATCH, "life-1", malformed, "{\"line\":\"L-2\"}")
                    .expectStatus()
                    .isBadRequest()
                    .expectBody()
                    .jsonPath("$.errors[0].field")
                    .isEqualTo("If-Match");
        }
        send(HttpMethod.PUT, "life-1", "\"1\", \"2\"", "{\"ip\":\"10.1.0.3\"}")
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("ETag", "\"3\"");
        client.patch()
                .uri("/api/cameras/life-1")
                .header("If-Match", "\"1\"", "\"3\"")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"line\":\"L-2\"}")
                .exchange()
                .expectStatus()
                .isOk();
        client.delete()
                .uri("/api/cameras/life-1")
                .header("If-Match", "\"1\", W/\"4\", \"2\"")
                .exchange()
                .expectStatus()
                .isEqualTo(412)
                .expectBody()
                .jsonPath("$.detail")
                .value(String.class, detail -> contains(detail, "is at version 4, not 1"));
        client.delete()
                .uri("/api/cameras/life-1")
                .header("If-Match", "\"3\", \"4\"")
                .exchange()
                .expectStatus()
                .isNoContent();
        client.delete().uri("/api/cameras/life-1").exchange().expectStatus().isNotFound();
        client.get().uri("/api/cameras/life-1").exchange().expectStatus().isNotFound();
    }

    @Test
    void aPatchChangesWhatItNamesAndClearsWithNull() {
        post("{\"id\":\"patch-1\",\"name\":\"a\",\"ip\":\"10.1.0.1\",\"vendor\":\"v\"}")
                .expectStatus()
                .isCreated();
        send(
                        HttpMethod.PATCH,
                        "patch-1",
                        "*",
                        "{\"vendor\":null,\"probes\":{\"hls\":false},\"enabled\":false}")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.name")
                .isEqualTo("a")
                .jsonPath("$.vendor")
                .isEmpty()
                .jsonPath("$.probes.icmp")
                .isEqualTo(true)
                .jsonPath("$.probes.hls")
                .isEqualTo(false)
                .jsonPath("$.enabled")
                .isEqualTo(false);
        send(HttpMethod.PATCH, "patch-1", "*", "{\"ip\":null}")
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo("ip");
        send(HttpMethod.PATCH, "patch-1", "*", "{\"id\":\"other\"}").expectStatus().isBadRequest();
        client.post()
                .uri("/api/cameras/patch-1/check")
                .exchange()
                .expectStatus()
                .isEqualTo(409)
                .expectBody()
                .jsonPath("$.detail")
                .value(String.class, detail -> contains(detail, "paused"));
    }

    @Test
    void aListIsReadInPages() {
        for (String id : new String[] {"page-a", "page-b", "page-c"}) {
            post("{\"id\":\"" + id + "\",\"ip\":\"10.1.0.9\",\"district\":\"pages\"}")
                    .expectStatus()
                    .isCreated();
        }
        client.get()
                .uri("/api/cameras?district=pages&limit=2")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.total")
                .isEqualTo(3)
                .jsonPath("$.items.length()")
                .isEqualTo(2)
                .jsonPath("$.next")
                .isNotEmpty();
        client.get()
                .uri("/api/cameras?district=pages&limit=2&cursor=page-b")
                .exchange()
                .expectBody()
                .jsonPath("$.items[0].id")
                .isEqualTo("page-c")
                .jsonPath("$.next")
                .isEmpty();
    }

    @Test
    void aProbeNowAnswersWithTheStatus() {
        post("{\"id\":\"probe-1\",\"ip\":\"127.0.0.77\"}").expectStatus().isCreated();
        client.get()
                .uri("/api/cameras/probe-1/status")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.cameraId")
                .isEqualTo("probe-1");
        for (String list : new String[] {"checks", "transitions?limit=5"}) {
            client.get()
                    .uri("/api/cameras/probe-1/" + list)
                    .exchange()
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .jsonPath("$.items")
                    .isArray();
        }
        client.get()
                .uri("/api/status")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.verdicts.length()")
                .isEqualTo(6)
                .jsonPath("$.openIssues")
                .isNumber()
                .jsonPath("$.openOutages")
                .isNumber()
                .jsonPath("$.engine.icmp")
                .isNotEmpty();
    }

    private WebTestClient.ResponseSpec post(String body) {
        return send(HttpMethod.POST, "/api/cameras", body);
    }

    private WebTestClient.ResponseSpec send(
            HttpMethod method, String id, String ifMatch, String body) {
        return client.method(method)
                .uri("/api/cameras/" + id)
                .header("If-Match", ifMatch)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange();
    }

    private static void contains(String text, String part) {
        org.assertj.core.api.Assertions.assertThat(text).contains(part);
    }
}
