package cctvout.e2e;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/** Speaks REST as the administrator. */
public final class Console {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private final String base;

    public Console(int port) {
        this.base = "http://localhost:" + port;
    }

    public JsonNode get(String path) {
        return expect(send("GET", path, null), 200);
    }

    public JsonNode post(String path, String json) {
        return expect(send("POST", path, json), 200, 201);
    }

    public void delete(String path) {
        expect(send("DELETE", path, null), 204);
    }

    public String text(String path) {
        return send(request(path).GET()).body();
    }

    /** Posts a CSV file to the import. */
    public JsonNode imported(Path csv) {
        try {
            return expect(
                    send(
                            request("/api/cameras/import")
                                    .header("Content-Type", "text/csv")
                                    .POST(HttpRequest.BodyPublishers.ofFile(csv))),
                    200);
        } catch (FileNotFoundException none) {
            throw new UncheckedIOException(none);
        }
    }

    /** All pages of a list. */
    public List<JsonNode> all(String path) {
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

    /** The live stream from behind an event on, as a browser asks for it when it comes again. */
    HttpResponse<Stream<String>> stream(long lastEventId) throws IOException, InterruptedException {
        return HTTP.send(
                request("/api/stream").header("Last-Event-ID", Long.toString(lastEventId)).build(),
                HttpResponse.BodyHandlers.ofLines());
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
        return send(request(path).method(method, body).header("Content-Type", "application/json"));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
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
