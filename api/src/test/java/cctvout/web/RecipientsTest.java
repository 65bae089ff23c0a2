package cctvout.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

class RecipientsTest extends AdminRig {

    @Test
    void secretsGoInAndNeverComeOut() {
        post("""
                        {"id":"rec-1","role":"LINE_OPERATOR","lines":["L-1"],"channels":
                        [{"type":"webhook","url":"http://10.0.0.5/hook","secret":"do-not-tell"}]}""")
                .expectStatus()
                .isCreated()
                .expectHeader()
                .valueEquals("Location", "/api/recipients/rec-1")
                .expectBody(String.class)
                .value(body -> assertThat(body).doesNotContain("do-not-tell"));
        client.patch()
                .uri("/api/recipients/rec-1")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"enabled\":false}")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.enabled")
                .isEqualTo(false)
                .jsonPath("$.lines[0]")
                .isEqualTo("L-1");
        client.delete().uri("/api/recipients/rec-1").exchange().expectStatus().isNoContent();
        client.get().uri("/api/recipients/rec-1").exchange().expectStatus().isNotFound();
    }

    @Test
    void whatIsNoRecipientIsRefusedByField() {
        post("{\"id\":\"rec-2\"}")
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo("role");
        post("{\"id\":\"rec-2\",\"role\":\"CONTROL_ROOM\",\"language\":\"fr\"}")
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].reason")
                .isEqualTo("one of [ko, en]");
        post("{\"id\":\"rec-2\",\"role\":\"FRIEND\"}")
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo("role");
        post("""
                        {"id":"rec-2","role":"CONTROL_ROOM","channels":
                        [{"type":"webhook","url":"http://169.254.169.254/"}]}""")
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo("channels[0].url");
    }

    @Test
    void whoeverGetsTheIdOfARemovedOneGetsNoneOfItsAccounts() {
        String recipient = "{\"id\":\"rec-9\",\"role\":\"LINE_OPERATOR\"}";
        post(recipient).expectStatus().isCreated();
        send(
                        HttpMethod.POST,
                        "/api/users",
                        """
                        {"name":"rec-9-desk","role":"RECIPIENT","recipientId":"rec-9",
                        "password":"a long password"}""")
                .expectStatus()
                .isCreated();
        assertThat(inboxOf("rec-9-desk")).isEqualTo(200);

        client.delete().uri("/api/recipients/rec-9").exchange().expectStatus().isNoContent();
        assertThat(inboxOf("rec-9-desk")).isEqualTo(401);
        String path = "/api/users/rec-9-desk";
        send(HttpMethod.PATCH, path, "{\"enabled\":false}").expectStatus().isOk();
        send(HttpMethod.PATCH, path, "{\"enabled\":true}")
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo("recipientId");

        post(recipient).expectStatus().isCreated();
        assertThat(inboxOf("rec-9-desk")).isEqualTo(401);
        send(HttpMethod.PATCH, path, "{\"enabled\":true}").expectStatus().isOk();
        assertThat(inboxOf("rec-9-desk")).isEqualTo(200);
        client.delete().uri(path).exchange().expectStatus().isNoContent();
        client.delete().uri("/api/recipients/rec-9").exchange().expectStatus().isNoContent();
    }

    @Test
    void theInboxAndTheListsAnswer() {
        for (String path :
                new String[] {
                    "/api/inbox",
                    "/api/notifications",
                    "/api/issues",
                    "/api/recipients",
                    "/api/transitions"
                }) {
            client.get()
                    .uri(path)
                    .exchange()
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .jsonPath("$.items")
                    .isArray();
        }
    }

    private int inboxOf(String account) {
        return ApiClient.anonymous(port)
                .get()
                .uri("/api/inbox")
                .header(HttpHeaders.AUTHORIZATION, ApiClient.basic(account, "a long password"))
                .exchange()
                .returnResult(Void.class)
                .getStatus()
                .value();
    }

    private WebTestClient.ResponseSpec post(String body) {
        return send(HttpMethod.POST, "/api/recipients", body);
    }
}
