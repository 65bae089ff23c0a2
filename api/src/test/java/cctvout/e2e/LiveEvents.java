package cctvout.e2e;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Reads {@code /api/stream}; a test waits for what happens by its event. */
final class LiveEvents implements AutoCloseable {

    /**
     * @param at when it came
     */
    record Event(String type, String id, JsonNode data, Instant at) {
        /** Such as {@code HEALTHY>LINE_FAULT}. */
        String step() {
            return data.get("from").asString() + ">" + data.get("to").asString();
        }

        boolean isOf(String camera) {
            return data.path("cameraId").asString("").equals(camera);
        }
    }

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final BlockingQueue<Event> queue = new LinkedBlockingQueue<>();
    private final List<Event> seen = new ArrayList<>();
    private final Stream<String> lines;

    LiveEvents(HttpClient http, HttpRequest request) {
        try {
            HttpResponse<Stream<String>> response =
                    http.send(request, HttpResponse.BodyHandlers.ofLines());
            if (response.statusCode() != 200) {
                throw new AssertionError("stream: " + response.statusCode());
            }
            lines = response.body();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
        Thread.ofVirtual().name("live-events").start(this::read);
    }

    private void read() {
        String type = "";
        String id = "";
        try {
            for (String line : (Iterable<String>) lines::iterator) {
                if (line.startsWith("event:")) {
                    type = line.substring(6).strip();
                } else if (line.startsWith("id:")) {
                    id = line.substring(3).strip();
                } else if (line.startsWith("data:")) {
                    queue.add(
                            new Event(
                                    type,
                                    id,
                                    JSON.readTree(line.substring(5).strip()),
                                    Instant.now()));
                } else if (line.isEmpty()) {
                    id = "";
                }
            }
        } catch (UncheckedIOException closed) {
            // the server went, or we did
        }
    }

    /**
     * The next event that matches, of those not awaited yet; all before it are kept as {@link
     * #seen()}.
     */
    Event await(String what, Duration patience, Predicate<Event> wanted) {
        long end = System.nanoTime() + patience.toNanos();
        try {
            while (true) {
                Event event =
                        queue.poll(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
                if (event == null) {
                    throw new AssertionError(
                            "no " + what + " within " + patience + "; seen: " + summary());
                }
                seen.add(event);
                if (wanted.test(event)) {
                    return event;
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    Event awaitTransition(String camera, String step, Duration patience) {
        return await(
                camera + " " + step,
                patience,
                event ->
                        event.type().equals("transition")
                                && event.isOf(camera)
                                && event.step().equals(step));
    }

    List<Event> seen() {
        return seen;
    }

    private String summary() {
        return seen.stream()
                .filter(event -> !event.type().equals("result") && !event.type().equals("summary"))
                .map(event -> event.type() + " " + event.data())
                .toList()
                .toString();
    }

    @Override
    public void close() {
        lines.close();
    }
}
