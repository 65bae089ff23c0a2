package cctvout.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;

class TemplatesApiTest extends AdminRig {

    private static final String OPENED = "/api/templates/OPENED/en";

    @AfterEach
    void asItWas() {
        client.delete().uri(OPENED).exchange().expectStatus().isNoContent();
    }

    @Test
    void everyTextIsListedWithItsPlaceholders() {
        client.get()
                .uri("/api/templates")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.items.length()")
                .isEqualTo(28)
                .jsonPath("$.items[0].event")
                .isEqualTo("OPENED")
                .jsonPath("$.items[0].language")
                .isEqualTo("ko")
                .jsonPath("$.items[0].builtIn")
                .isEqualTo(true)
                .jsonPath("$.items[0].placeholders[0]")
                .isEqualTo("camera");
    }

    @Test
    void aTextIsChangedInPartAndTheBuiltInComesBack() {
        String before = text("$.short");
        send(HttpMethod.PUT, OPENED, "{\"body\":\"Look: {camera}\"}")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.body")
                .isEqualTo("Look: {camera}")
                .jsonPath("$.short")
                .isEqualTo(before)
                .jsonPath("$.changedBy")
                .isEqualTo("admin")
                .jsonPath("$.builtIn")
                .isEqualTo(false);
        assertThat(text("$.body")).isEqualTo("Look: {camera}");
        client.delete().uri(OPENED).exchange().expectStatus().isNoContent();
        assertThat(text("$.body")).startsWith("[{kind} fault]");
    }

    @Test
    void whatIsNoTextIsRefusedByField() {
        refused("PUT", OPENED, "{\"body\":\"{passwords}\"}", "body");
        refused("PUT", OPENED, "{\"short\":\"" + "x".repeat(501) + "\"}", "short");
        refused("PUT", OPENED, "{\"subject\":5}", "subject");
        refused("PUT", OPENED, "{\"body\":null}", "body");
        refused("PUT", "/api/templates/NOTHING/en", "{}", "event");
        refused("PUT", "/api/templates/OPENED/fr", "{}", "language");
        refused(
                "POST",
                "/api/templates/preview",
                "{\"event\":\"OPENED\",\"language\":\"en\",\"issue\":\"none\"}",
                "issue");
        refused(
                "POST",
                "/api/templates/preview",
                "{\"event\":\"ALARM\",\"language\":\"en\",\"issue\":\"none\"}",
                "issue");
    }

    @Test
    void aPreviewShowsAnExampleAndStoresNothing() {
        send(
                        HttpMethod.POST,
                        "/api/templates/preview",
                        """
                        {"event":"OPENED","language":"en",
                        "body":"{camera}: {evidence}","short":"{line}"}""")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.body")
                .isEqualTo(
                        "Bus terminal (C-017): ping 4/4 lost, stream: connect timeout; 3 other"
                                + " cameras on line L-17 also silent")
                .jsonPath("$.short")
                .isEqualTo("L-17")
                .jsonPath("$.subject")
                .isEqualTo("[Line fault] Bus terminal (C-017)");
        assertThat(text("$.body")).doesNotStartWith("{camera}");
    }

    private String text(String path) {
        StringBuilder found = new StringBuilder();
        client.get()
                .uri(OPENED)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath(path)
                .value(String.class, found::append);
        return found.toString();
    }

    private void refused(String method, String path, String body, String field) {
        send(HttpMethod.valueOf(method), path, body)
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo(field);
    }
}
