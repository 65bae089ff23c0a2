package cctvout.web;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.log.Json;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

import tools.jackson.databind.JsonNode;

import java.util.Objects;

class PoliciesTest extends AdminRig {

    @BeforeEach
    void prepare() {
        leaveNoPolicy();
        post(
                "/api/cameras",
                """
                {"id":"pol-1","ip":"10.9.9.1","line":"pol-L-1","vendor":"pol-v","enabled":false}""");
        post(
                "/api/cameras",
                """
                {"id":"pol-2","ip":"10.9.9.2","line":"pol-L-2","vendor":"pol-v","enabled":false}""");
        post(
                "/api/recipients",
                """
                {"id":"pol-line","role":"LINE_OPERATOR","lines":["pol-L-1"],"channels":
                [{"type":"webhook","url":"http://10.0.0.5/hook"}]}""");
        post(
                "/api/recipients",
                """
                {"id":"pol-chief","role":"CONTROL_ROOM","channels":
                [{"type":"webhook","url":"http://10.0.0.5/chief"},{"type":"inbox"}]}""");
    }

    /** The application is shared, and another test's policy may be asked first. */
    private void leaveNoPolicy() {
        byte[] all =
                client.get()
                        .uri("/api/policies?limit=1000")
                        .exchange()
                        .expectBody()
                        .returnResult()
                        .getResponseBody();
        for (JsonNode policy : Json.mapper().readTree(Objects.requireNonNull(all)).path("items")) {
            client.delete()
                    .uri("/api/policies/{id}", policy.path("id").stringValue())
                    .exchange()
                    .expectStatus()
                    .isNoContent();
        }
    }

    /** The application is shared with other tests. */
    @AfterEach
    void clean() {
        for (String path :
                new String[] {
                    "policies/pol-a",
                    "policies/pol-b",
                    "recipients/pol-line",
                    "recipients/pol-chief",
                    "cameras/pol-1",
                    "cameras/pol-2"
                }) {
            client.delete().uri("/api/" + path).exchange();
        }
    }

    @Test
    void aPolicyIsCreatedReadChangedAndRemovedByVersion() {
        post(
                        "/api/policies",
                        """
                {"id":"pol-a","name":"Night","priority":5,
                 "match":{"kinds":["LINE"],"lines":["pol-L-1"]},
                 "tell":{"recipients":["pol-line"],"channels":["webhook"]},
                 "degraded":{"opensIssue":true,"afterRounds":3},
                 "reminders":{"after":"30m","every":"PT4H","most":3},
                 "escalations":[{"after":"2h","tell":{"recipients":["pol-chief"]}}],
                 "quietHours":{"days":["FRIDAY"],"from":"22:00","to":"07:00",
                               "breakThrough":{"severities":["CRITICAL"]}}}""")
                .expectStatus()
                .isCreated()
                .expectHeader()
                .valueEquals("Location", "/api/policies/pol-a")
                .expectHeader()
                .valueEquals("ETag", "\"1\"");
        client.get()
                .uri("/api/policies/pol-a")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.reminders.after")
                .isEqualTo("PT30M")
                .jsonPath("$.quietHours.from")
                .isEqualTo("22:00:00")
                .jsonPath("$.quietHours.zone")
                .isEqualTo("Asia/Seoul")
                .jsonPath("$.escalations[0].tell.recipients[0]")
                .isEqualTo("pol-chief");
        patch("pol-a", "{\"priority\":6,\"reminders\":null}", "\"1\"")
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("ETag", "\"2\"")
                .expectBody()
                .jsonPath("$.priority")
                .isEqualTo(6)
                .jsonPath("$.degraded.afterRounds")
                .isEqualTo(3)
                .jsonPath("$.reminders")
                .isEmpty();
        patch("pol-a", "{\"priority\":7}", "\"1\"").expectStatus().isEqualTo(412);
        post("/api/policies", "{\"id\":\"pol-a\"}").expectStatus().isEqualTo(409);
        client.get()
                .uri("/api/policies")
                .exchange()
                .expectBody()
                .jsonPath("$.items[?(@.id=='pol-a')].name")
                .isEqualTo("Night");
        client.delete().uri("/api/policies/pol-a").exchange().expectStatus().isNoContent();
        client.get().uri("/api/policies/pol-a").exchange().expectStatus().isNotFound();
    }

    @Test
    void whatIsNoPolicyIsRefusedByField() {
        refused("{\"id\":\"pol-a\",\"tell\":{\"recipients\":[\"nobody\"]}}")
                .jsonPath("$.errors[0].field")
                .isEqualTo("tell.recipients[0]")
                .jsonPath("$.errors[0].reason")
                .isEqualTo("is not registered");
        refused("{\"id\":\"pol-a\",\"match\":{\"lines\":[\"pol-L-9\"]}}")
                .jsonPath("$.errors[0].field")
                .isEqualTo("match.lines[0]");
        refused(
                        "{\"id\":\"pol-a\",\"tell\":{\"recipients\":[\"pol-line\"],\"channels\":[\"slack\"]}}")
                .jsonPath("$.errors[0].reason")
                .isEqualTo("has no channel of [slack]");
        refused("{\"id\":\"pol-a\",\"reminder\":{\"after\":\"1h\"}}")
                .jsonPath("$.errors[0].field")
                .isEqualTo("reminder");
        refused("{\"id\":\"pol-a\",\"match\":{\"line\":[]}}")
                .jsonPath("$.errors[0].field")
                .isEqualTo("match.line");
        refused("{\"id\":\"pol-a\",\"reminders\":{\"every\":\"1h\"}}")
                .jsonPath("$.errors[0].field")
                .isEqualTo("reminders.after");
        refused("{\"id\":\"pol-a\",\"reminders\":{\"after\":\"soon\"}}")
                .jsonPath("$.errors[0].field")
                .isEqualTo("reminders.after");
        refused("{\"id\":\"pol-a\",\"quietHours\":{\"from\":\"25:00\",\"to\":\"07:00\"}}")
                .jsonPath("$.errors[0].field")
                .isEqualTo("quietHours.from");
        refused("{\"id\":\"pol-a\",\"quietHours\":{\"from\":\"22:00\"}}")
                .jsonPath("$.errors[0].field")
                .isEqualTo("quietHours.to");
        refused(
                        "{\"id\":\"pol-a\",\"quietHours\":{\"from\":\"22:00\",\"to\":\"07:00\",\"zone\":\"Moon/Base\"}}")
                .jsonPath("$.errors[0].field")
                .isEqualTo("quietHours.zone");
    }

    @Test
    void aFaultThatWouldReachNobodyIsRefusedWithAnExample() {
        refused(
                        """
                {"id":"pol-a","match":{"vendors":["pol-v"]},"tell":{"roles":["LINE_OPERATOR"]}}""")
                .jsonPath("$.errors[0].field")
                .isEqualTo("tell")
                .jsonPath("$.errors[0].reason")
                .value(
                        String.class,
                        reason ->
                                assertThat(reason)
                                        .startsWith(
                                                "this fault would reach nobody: LINE of camera pol-2"));
    }

    @Test
    void aTrialSaysWhoIsToldWhenAndWhyAndWhoIsNot() {
        post(
                        "/api/policies",
                        """
                {"id":"pol-a","priority":1,"match":{"lines":["pol-L-1"]},
                 "tell":{"recipients":["pol-line"]},
                 "reminders":{"after":"30m","most":1},
                 "escalations":[{"after":"1h","tell":{"recipients":["pol-chief"]}}],
                 "quietHours":{"from":"22:00","to":"07:00","zone":"UTC"}}""")
                .expectStatus()
                .isCreated();
        attempt("{\"cameraId\":\"pol-1\",\"kind\":\"LINE\",\"at\":\"2026-03-03T08:00:00+09:00\"}")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.policy.id")
                .isEqualTo("pol-a")
                .jsonPath("$.told[0].recipientId")
                .isEqualTo("pol-line")
                .jsonPath("$.told[0].channels[0].heldUntil")
                .isEqualTo("2026-03-03T07:00:00Z")
                .jsonPath("$.later[0].event")
                .isEqualTo("REMINDER")
                .jsonPath("$.later[0].at")
                .isEqualTo("2026-03-03T07:30:00Z")
                .jsonPath("$.later[1].event")
                .isEqualTo("ESCALATED")
                .jsonPath("$.later[1].told[0].recipientId")
                .isEqualTo("pol-chief")
                .jsonPath("$.later[1].at")
                .isEqualTo("2026-03-03T08:00:00Z")
                .jsonPath("$.notTold[?(@.recipientId=='pol-chief')].reason")
                .isEqualTo("is not among the recipients of the policy");
        attempt("{\"cameraId\":\"pol-2\",\"kind\":\"LINE\",\"at\":\"2026-03-02T23:00:00Z\"}")
                .expectBody()
                .jsonPath("$.policy")
                .isEmpty()
                .jsonPath("$.told[?(@.recipientId=='pol-chief')].reason")
                .isEqualTo("nobody answers for line pol-L-2: control room")
                .jsonPath("$.passedOver[0].reason")
                .isEqualTo("line is pol-L-2, not one of [pol-L-1]");
        attempt("{\"cameraId\":\"pol-2\",\"kind\":\"DEGRADED\"}")
                .expectBody()
                .jsonPath("$.opensIssue")
                .isEqualTo(false)
                .jsonPath("$.told")
                .isEmpty();
        attempt("{\"cameraId\":\"pol-9\",\"kind\":\"LINE\"}")
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo("cameraId");
        attempt("{\"cameraId\":\"pol-1\"}").expectStatus().isBadRequest();
    }

    private WebTestClient.ResponseSpec attempt(String body) {
        return post("/api/policies/try", body);
    }

    private WebTestClient.BodyContentSpec refused(String body) {
        return post("/api/policies", body).expectStatus().isBadRequest().expectBody();
    }

    private WebTestClient.ResponseSpec patch(String id, String body, String ifMatch) {
        return client.patch()
                .uri("/api/policies/" + id)
                .header("If-Match", ifMatch)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange();
    }

    private WebTestClient.ResponseSpec post(String path, String body) {
        return send(HttpMethod.POST, path, body);
    }
}
