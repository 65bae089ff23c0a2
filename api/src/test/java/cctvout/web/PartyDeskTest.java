package cctvout.web;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.WholeApplication;

import org.junit.jupiter.api.Test;
import org.springframework.test.web.reactive.server.WebTestClient;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

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
}
