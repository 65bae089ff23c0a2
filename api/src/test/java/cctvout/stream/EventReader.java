package cctvout.stream;

import org.jspecify.annotations.Nullable;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Reads server-sent events by the standard's rules, on a thread of its own. */
final class EventReader implements AutoCloseable {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** An event, or a comment, whose type then is {@code :}; the end has the type {@code end}. */
    record Event(String type, @Nullable String id, String data) {}

    final HttpResponse<InputStream> response;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private volatile String lastId = "";

    private EventReader(HttpResponse<InputStream> response) {
        this.response = response;
        Thread.ofVirtual().start(this::read);
    }

    static EventReader open(URI uri, @Nullable String lastEventId) throws Exception {
        var request = HttpRequest.newBuilder(uri).header("Accept", "text/event-stream");
        if (lastEventId != null) {
            request.header("Last-Event-ID", lastEventId);
        }
        return new EventReader(
                CLIENT.sendAsync(request.build(), HttpResponse.BodyHandlers.ofInputStream())
                        .get(10, TimeUnit.SECONDS));
    }

    /** The next event of one of these types, others and comments are left out. */
    Event next(String... types) throws InterruptedException {
        long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (true) {
            Event event = events.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (event == null) {
                throw new AssertionError("no " + List.of(types) + " within 30 s");
            }
            if (List.of(types).contains(event.type())) {
                return event;
            }
            if (event.type().equals("end")) {
                throw new AssertionError("the stream ended");
            }
        }
    }

    List<Long> nextIds(int count) throws InterruptedException {
        var ids = new ArrayList<Long>();
        while (ids.size() < count) {
            String id = next("transition", "issue", "notification").id();
            ids.add(id == null ? -1 : Long.parseLong(id));
        }
        return ids;
    }

    /** What a browser would resume after. */
    String lastId() {
        return lastId;
    }

    private void read() {
        try (var lines =
                new BufferedReader(
                        new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            String type = "message";
            String id = null;
            var data = new StringBuilder();
            String line;
            while ((line = lines.readLine()) != null) {
                if (line.isEmpty()) {
                    if (!data.isEmpty()) {
                        events.add(new Event(type, id, data.toString()));
                    } else if (id != null) {
                        events.add(new Event("place", id, ""));
                    }
                    type = "message";
                    id = null;
                    data.setLength(0);
                } else if (line.startsWith(":")) {
                    events.add(new Event(":", id, line));
                } else if (line.startsWith("id: ")) {
                    id = line.substring(4);
                    lastId = id;
                } else if (line.startsWith("event: ")) {
                    type = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    data.append(line.substring(6));
                } else if (line.startsWith("retry: ")) {
                    events.add(new Event("retry", null, line.substring(7)));
                }
            }
        } catch (IOException _) {
            // closed by one of the two
        }
        events.add(new Event("end", null, ""));
    }

    @Override
    public void close() throws IOException {
        response.body().close();
    }
}
