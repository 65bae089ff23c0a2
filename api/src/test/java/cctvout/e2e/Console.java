package cctvout.e2e;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Speaks REST as the administrator. */
final class Console {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private final String base;

    Console(int port) {
        this.base = "http://localhost:" + port;
    }

    JsonNode get(String path) {
        return expect(send("GET", path, null), 200);
    }

    JsonNode post(String path, String json) {
        return expect(send("POST", path, json), 200, 201);
    }

    /** All pages of a list. */
    List<JsonNode> all(String path) {
        List<JsonNode> items = new ArrayList<>();
        String more = path + (path.contains("?") ? "&" : "?") + "limit=500";
        String next = "";
        do {
            JsonNode page = get(more + (next.isEmpty() ? "" : "&cursor=" + next));
            page.get("items").forEach(items::add);
            next = page.get("next").asString("");
        } while (!next.isEmpty());
        return items;
    }

    LiveEvents events(long after) {
        return new LiveEvents(HTTP, request("/api/stream?after=" + after).build());
    }

    private JsonNode expect(HttpResponse<String> response, int... statuses) {
        for (int status : statuses) {
            if (response.statusCode() == status) {
                return JSON.readTree(response.body());
            }
        }
        throw new AssertionError(
                response.request().uri() + ": " + response.statusCode() + " " + response.body());
    }

    private HttpResponse<String> send(
            String method, String path, @org.jspecify.annotations.Nullable String json) {
        var body =
                json == null
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(json);
        try {
            return HTTP.send(
                    request(path)
                            .method(method, body)
                            .header("Content-Type", "application/json")
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private HttpRequest.Builder request(String path) {
        String credentials = "admin:" + Product.PASSWORD;
        return HttpRequest.newBuilder(URI.create(base + path))
                .header(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString(
                                                credentials.getBytes(StandardCharsets.UTF_8)));
    }
}
