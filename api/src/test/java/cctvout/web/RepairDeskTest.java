package cctvout.web;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.WholeApplication;

import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

import tools.jackson.databind.JsonNode;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

@WholeApplication
class RepairDeskTest extends RepairDesk {

    @Test
    void everyStepLeavesItsTraceAndAnOldViewIsRefused() throws Exception {
        String issue = faultOf("desk-1", "desk-line-1");
        String path = "/api/issues/" + issue;
        String tag =
                admin.get()
                        .uri(path)
                        .exchange()
                        .returnResult(Void.class)
                        .getResponseHeaders()
                        .getETag();
        JsonNode taken =
                patch(admin, path, "{\"status\":\"IN_PROGRESS\",\"assignee\":\"김기사\"}", 200);
        assertThat(taken.path("acknowledgedAt").isString()).isTrue();
        JsonNode handed = patch(admin, path, "{\"assignee\":\"이기사\"}", 200);
        JsonNode last = last(handed);
        assertThat(last.path("step").asString()).isEqualTo("ASSIGNED");
        assertThat(last.path("was").asString()).isEqualTo("김기사");
        assertThat(last.path("text").asString()).isEqualTo("이기사");
        assertThat(last.path("who").asString()).isEqualTo("admin");

        admin.patch()
                .uri(path)
                .header(HttpHeaders.IF_MATCH, Objects.requireNonNull(tag))
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"details\":\"late\"}")
                .exchange()
                .expectStatus()
                .isEqualTo(412);
        assertThat(patch(admin, path, "{\"status\":\"OPEN\"}", 409).path("detail").asString())
                .contains("IN_PROGRESS and cannot become OPEN", "one of [RESOLVED, CANCELLED]");

        JsonNode said = comment(admin, path, "케이블을 갈아야 합니다", 201);
        assertThat(last(said).path("text").asString()).isEqualTo("케이블을 갈아야 합니다");
        assertThat(comment(admin, path, " ", 400).path("errors").path(0).path("field").asString())
                .isEqualTo("text");
        assertThat(comment(admin, path, "x".repeat(2001), 400).path("detail").asString())
                .contains("text", "2000 characters");
        comment(admin, "/api/issues/unknown", "x", 404);
        assertThat(audited("POST", path + "/comments")).isTrue();
    }

    @Test
    void cancelledIsTakenBackFromAllWhoWereToldOnceEach() throws Exception {
        recipient("desk-party-2", "desk-line-2");
        String issue = faultOf("desk-2", "desk-line-2");
        JsonNode before = notices(issue);
        assertThat(before.size()).isEqualTo(1);
        patch(admin, "/api/issues/" + issue, "{\"status\":\"CANCELLED\"}", 200);
        List<String> over =
                notices(issue)
                        .valueStream()
                        .filter(one -> one.path("event").asString().equals("RECOVERED"))
                        .map(one -> one.path("recipientId").asString())
                        .toList();
        assertThat(over).containsOnlyOnce("desk-party-2").doesNotHaveDuplicates();
        patch(admin, "/api/issues/" + issue, "{\"status\":\"RESOLVED\"}", 409);
    }

    @Test
    void aVisitInAnotherAgeIsRefused() throws Exception {
        String path = "/api/issues/" + faultOf("desk-7", "desk-line-7");
        for (String year : List.of("1999", "2999")) {
            JsonNode refused =
                    patch(
                            admin,
                            path,
                            "{\"plannedVisitAt\":\"%s-11-22T10:00:00Z\"}".formatted(year),
                            400);
            assertThat(refused.at("/errors/0/field").asString()).isEqualTo("plannedVisitAt");
            assertThat(refused.path("detail").asString()).contains("180 days ago", "5 years ahead");
        }
        patch(admin, path, "{\"plannedVisitAt\":\"%s\"}".formatted(Instant.now()), 200);
    }

    @Test
    void whatIsResolvedByHandAndStillBadIsOpenAgainAfterAProbe() throws Exception {
        admin.post()
                .uri("/api/cameras")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"id\":\"desk-5\",\"hlsUrl\":\"http://127.0.0.1:1/live.m3u8\"}")
                .exchange()
                .expectStatus()
                .isCreated();
        String path = "/api/issues/" + issueOf("desk-5", _ -> true).path("id").asString();
        patch(admin, path, "{\"status\":\"RESOLVED\"}", 200);
        JsonNode again = issueOf("desk-5", issue -> issue.path("status").asString().equals("OPEN"));
        assertThat(last(again).path("step").asString()).isEqualTo("REOPENED");
        assertThat(again.path("verification").isNull()).isTrue();
        admin.delete().uri("/api/cameras/desk-5").exchange().expectStatus().isNoContent();
    }

    @Test
    void aPartyReadsOfItselfAloneWhoWasToldAgain() throws Exception {
        recipient("desk-party-6", "desk-line-6");
        recipient("desk-chief-6", "desk-line-none");
        account("desk-party-6", "desk-party-6");
        account("desk-chief-6", "desk-chief-6");
        create(
                "/api/cameras",
                "{\"id\":\"desk-6a\",\"ip\":\"127.9.9.9\",\"line\":\"desk-line-6\",\"enabled\":false}");
        create(
                "/api/policies",
                """
                {"id":"desk-6","match":{"lines":["desk-line-6"]},
                "escalations":[{"after":"1s","tell":{"recipients":["desk-chief-6"]}}]}""");
        String path = "/api/issues/" + faultOf("desk-6", "desk-line-6");
        again(() -> get(path))
                .filter(issue -> "desk-chief-6".equals(escalatedTo(issue)))
                .next()
                .toFuture()
                .get(60, TimeUnit.SECONDS);
        admin.delete().uri("/api/policies/desk-6").exchange().expectStatus().isNoContent();
        assertThat(escalatedTo(comment(admin, path, "by the desk", 201))).isEqualTo("desk-chief-6");
        WebTestClient party = as("desk-party-6");
        for (JsonNode seen :
                List.of(
                        get(party, path),
                        comment(party, path, "갑니다", 201),
                        patch(party, path, "{\"status\":\"IN_PROGRESS\"}", 200))) {
            assertThat(escalatedTo(seen)).isEmpty();
            assertThat(seen.toString()).doesNotContain("desk-chief-6");
        }
        assertThat(escalatedTo(get(as("desk-chief-6"), path))).isEqualTo("desk-chief-6");
    }
}
