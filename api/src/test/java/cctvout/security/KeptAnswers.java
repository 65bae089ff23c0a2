package cctvout.security;

import cctvout.web.ApiClient;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Requests, and all that was answered to them: status, headers and body. */
final class KeptAnswers {

    private final int port;
    private final Map<String, String> all = new LinkedHashMap<>();

    KeptAnswers(int port) {
        this.port = port;
    }

    Map<String, String> all() {
        return all;
    }

    void keep(String what, String answer) {
        all.put(what, answer);
    }

    WebTestClient client(@Nullable String authorization) {
        WebTestClient plain = ApiClient.anonymous(port);
        return authorization == null
                ? plain
                : plain.mutate().defaultHeader(HttpHeaders.AUTHORIZATION, authorization).build();
    }

    String get(WebTestClient client, String path) {
        String body = body(client.get().uri(path).exchange());
        all.merge("GET " + path, body, (before, more) -> before + "\n" + more);
        return body;
    }

    void post(WebTestClient client, String path, String json) {
        send("POST " + path, client.post().uri(path), json);
    }

    void send(String what, WebTestClient.RequestBodySpec request, String json) {
        String body =
                body(request.contentType(MediaType.APPLICATION_JSON).bodyValue(json).exchange());
        all.merge(what, body, (before, more) -> before + "\n" + more);
    }

    private static String body(WebTestClient.ResponseSpec response) {
        var result = response.expectBody(String.class).returnResult();
        return result.getStatus()
                + " "
                + result.getResponseHeaders()
                + " "
                + Objects.requireNonNullElse(result.getResponseBody(), "");
    }
}
