package cctvout.web;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.WholeApplication;

import org.junit.jupiter.api.Test;
import org.springframework.test.web.reactive.server.WebTestClient;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.concurrent.TimeUnit;

/** What the account of a party outside of the control room may do. */
@WholeApplication
class PartyDeskTest extends RepairDesk {

    @Test
    void aRecipientsAccountWorksOnItsOwnIssuesAlone() throws Exception {
        recipient("desk-party-3", "desk-line-3");
        String own = "/api/issues/" + faultOf("desk-3", "desk-line-3");
        String others = "/api/issues/" + faultOf("desk-4", "desk-line-4");
        account("desk-lineman", "desk-party-3");
        WebTestClient lineman = as("desk-lineman");
        JsonNode inbox = get(lineman, "/api/inbox?limit=1");
        assertThat(inbox.path("unread").asInt()).isEqualTo(1);
        String notice = inbox.path("items").path(0).path("id").asString();
        json(lineman.post().uri("/api/inbox/" + notice + "/read").exchange().expectStatus().isOk());
        assertThat(get(lineman, "/api/inbox").path("unread").asInt()).isZero();
        assertThat(get(lineman, "/api/inbox?unread=true").path("items")).isEmpty();
        assertThat(last(comment(lineman, own, "갑니다", 201)).path("who").asString())
                .isEqualTo("desk-lineman");
        patch(lineman, own, "{\"assigne\":\"kim\"}", 400);
        patch(lineman, own, "{\"status\":\"IN_PROGRESS\"}", 200);
        ObjectNode whole = (ObjectNode) get(lineman, own);
        JsonNode sentBack = patch(lineman, own, whole.put("assignee", "kim").toString(), 200);
        assertThat(sentBack.path("assignee").asString()).isEqualTo("kim");
        assertThat(sentBack.path("timeline")).hasSize(whole.path("timeline").size() + 1);
        patch(lineman, own, "{\"status\":\"CANCELLED\"}", 403);
        JsonNode done = patch(lineman, own, "{\"status\":\"RESOLVED\"}", 200);
        assertThat(done.path("verification").path("until").isString()).isTrue();
        comment(lineman, others, "x", 403);
        patch(lineman, others, "{\"status\":\"RESOLVED\"}", 403);
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
