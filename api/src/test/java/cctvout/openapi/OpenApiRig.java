package cctvout.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.web.ApiClient;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The document as it is served, and answers held against it. */
final class OpenApiRig {

    static final String NAMELESS = "no-such-thing";

    final int port;
    final JsonMapper json;
    final WebTestClient admin;
    private final JsonNode document;
    private final JsonShape shapes;

    OpenApiRig(int port, JsonMapper json) {
        this.port = port;
        this.json = json;
        admin = big(ApiClient.admin(port));
        document =
                json.readTree(sent(admin, HttpMethod.GET, "/v3/api-docs", null).getResponseBody());
        shapes = new JsonShape(document);
    }

    static WebTestClient big(WebTestClient client) {
        return client.mutate()
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(8 << 20))
                .build();
    }

    Map<String, JsonNode> operations() {
        Map<String, JsonNode> all = new TreeMap<>();
        document.path("paths")
                .forEachEntry(
                        (path, item) ->
                                item.forEachEntry(
                                        (method, operation) ->
                                                all.put(
                                                        method.toUpperCase(java.util.Locale.ROOT)
                                                                + " "
                                                                + path,
                                                        operation)));
        return all;
    }

    JsonNode checked(HttpMethod method, String uri, @Nullable Object body, int status) {
        return checked(method, uri, body, status, uri);
    }

    JsonNode checked(
            HttpMethod method, String uri, @Nullable Object body, int status, String template) {
        var answer = sent(admin, method, uri, body == null ? null : json.writeValueAsString(body));
        String text = text(answer);
        assertThat(answer.getStatus().value())
                .as(method + " " + uri + ": " + text)
                .isEqualTo(status);
        String route = method + " " + template;
        JsonNode operation = Objects.requireNonNull(operations().get(route), route);
        assertThat(faults(answer, method + " " + template, operation)).isEmpty();
        return text.isEmpty() ? json.createObjectNode() : json.readTree(text);
    }

    List<String> faults(EntityExchangeResult<byte[]> answer, String what, JsonNode operation) {
        String status = Integer.toString(answer.getStatus().value());
        String where = what + " " + status + ": ";
        JsonNode declared = operation.path("responses").path(status);
        if (declared.isMissingNode()) {
            return List.of(where + "not in the document: " + text(answer));
        }
        HttpHeaders headers = answer.getResponseHeaders();
        List<String> faults = new ArrayList<>();
        declared.path("headers")
                .forEachEntry(
                        (name, _) -> {
                            if (!headers.containsHeader(name)) {
                                faults.add(where + "without " + name);
                            }
                        });
        String text = text(answer);
        MediaType type = headers.getContentType();
        if (declared.path("content").isMissingNode() || type == null) {
            if (!text.isEmpty()) {
                faults.add(where + "with a body: " + text);
            }
            return faults;
        }
        String name = type.getType() + "/" + type.getSubtype();
        JsonNode content = declared.path("content").path(name);
        if (content.isMissingNode()) {
            faults.add(where + "as " + name);
        } else if (name.endsWith("json")) {
            shapes.faults(content.path("schema"), json.readTree(text))
                    .forEach(fault -> faults.add(where + fault));
        }
        return faults;
    }

    static EntityExchangeResult<byte[]> sent(
            WebTestClient client, HttpMethod method, String uri, @Nullable String body) {
        var request = client.method(method).uri(uri);
        if (body != null) {
            request.contentType(MediaType.APPLICATION_JSON).bodyValue(body);
        }
        try {
            return request.exchange().expectBody().returnResult();
        } catch (IllegalStateException late) {
            throw new AssertionError(method + " " + uri + " does not answer", late);
        }
    }

    static String text(EntityExchangeResult<byte[]> answer) {
        byte[] body = answer.getResponseBody();
        return body == null ? "" : new String(body, java.nio.charset.StandardCharsets.UTF_8);
    }
}
