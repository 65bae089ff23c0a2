package cctvout.operations;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.e2e.Product;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Scanner;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A dashboard's live stream, line by line, from the beginning of the log. */
final class StreamReader implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    final List<String> lines = new CopyOnWriteArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private final InputStream body;
    private final CountDownLatch end = new CountDownLatch(1);

    StreamReader(Node api) throws IOException, InterruptedException {
        String credentials = "admin:" + Product.PASSWORD;
        body =
                http.send(
                                api.request("/api/stream?after=0")
                                        .header(
                                                "Authorization",
                                                "Basic "
                                                        + Base64.getEncoder()
                                                                .encodeToString(
                                                                        credentials.getBytes(
                                                                                StandardCharsets
                                                                                        .UTF_8)))
                                        .build(),
                                HttpResponse.BodyHandlers.ofInputStream())
                        .body();
        Thread.ofVirtual().name("stream").start(this::read);
    }

    private void read() {
        try (Scanner scanner = new Scanner(body, StandardCharsets.UTF_8)) {
            while (scanner.hasNextLine()) {
                String line = scanner.nextLine();
                synchronized (this) {
                    lines.add(line);
                    notifyAll();
                }
            }
        } finally {
            end.countDown();
        }
    }

    /** Returns once a line has been there for which this holds. */
    void await(String what, Predicate<String> wanted) throws InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        synchronized (this) {
            while (lines.stream().noneMatch(wanted)) {
                long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
                assertThat(left).as("%s, in %s", what, lines).isPositive();
                wait(left);
            }
        }
    }

    /** Returns once the server has ended it. */
    void ended() throws InterruptedException {
        assertThat(end.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    @Override
    public void close() throws IOException {
        body.close();
        http.shutdownNow();
        http.close();
    }
}
