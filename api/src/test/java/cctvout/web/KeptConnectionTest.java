package cctvout.web;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.WholeApplication;

import io.micrometer.core.instrument.MeterRegistry;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

import reactor.core.publisher.Flux;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Browsers and scripts ask again and again over one connection. */
@WholeApplication
@ExtendWith(OutputCaptureExtension.class)
class KeptConnectionTest {

    private static final int PATIENCE_MILLIS = 20_000;
    private static final String ANSWER = "HTTP/1.1 ";

    private static final Pattern OF_REQUESTS =
            Pattern.compile(
                    "HttpServerOperations|HttpWebHandler|UndecodableRequests|ProblemAnswers"
                            + "|reactor\\.netty\\.http|^GET |^A: ");

    @LocalServerPort private int port;
    @Autowired private MeterRegistry meters;

    /** The second is answered at once, as soon as the first one, which takes longer, is. */
    @RepeatedTest(5)
    void isReadOnAfterRequestsThatCameTogether() throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            send(socket, get("/login", "keep-alive") + get("/healthz", "keep-alive"));
            var heard = new ByteArrayOutputStream();
            InputStream in = socket.getInputStream();
            while (answers(heard) < 2) {
                int next = in.read();
                assertThat(next).as("goes on after %s", heard).isNotNegative();
                heard.write(next);
            }
            send(socket, get("/healthz", "close"));
            in.transferTo(heard);
            assertThat(answers(heard)).isEqualTo(3);
        }
    }

    /** Nobody needs an account to send it: it must not fill the log. */
    @ParameterizedTest
    @CsvSource({"chunk,400", "headers,431", "line,414", "no HTTP,400"})
    void whatIsNoHttpIsCountedAndMakesALineAtMost(String what, int status, CapturedOutput log)
            throws Exception {
        double before = undecodable();
        int from = log.getAll().length();
        for (int i = 0; i < 3; i++) {
            // where the server does not read to the end, what it said may be lost
            String heard = answerTo(noHttp(what));
            assertThat(ANSWER + status)
                    .startsWith(heard.substring(0, Math.min(12, heard.length())));
        }
        Flux.interval(Duration.ofMillis(20))
                .filter(_ -> undecodable() >= before + 3)
                .next()
                .toFuture()
                .get(20, TimeUnit.SECONDS);
        assertThat(answerTo(login())).startsWith(ANSWER + 400);
        assertThat(saidOfRequests(log, from)).hasSizeLessThanOrEqualTo(1);
    }

    /** Nor must who goes away in the midst of a body. */
    @Test
    void whoGoesAwayMakesNoLine(CapturedOutput log) throws IOException {
        int from = log.getAll().length();
        for (int i = 0; i < 3; i++) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                send(socket, login().replace("Content-Length: 2", "Content-Length: 2000"));
            }
        }
        assertThat(answerTo(login())).startsWith(ANSWER + 400);
        assertThat(saidOfRequests(log, from)).isEmpty();
    }

    /** The application goes on with its own work meanwhile, and may speak of that. */
    private static List<String> saidOfRequests(CapturedOutput log, int from) {
        return log.getAll()
                .substring(from)
                .lines()
                .filter(line -> OF_REQUESTS.matcher(line).find())
                .toList();
    }

    private double undecodable() {
        return meters.counter("cctvout.http.undecodable").count();
    }

    private String answerTo(String sent) throws IOException {
        var heard = new ByteArrayOutputStream();
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            send(socket, sent);
            socket.getInputStream().transferTo(heard);
        } catch (SocketException _) {
            // reset, as it did not want to read the rest
        }
        return heard.toString(StandardCharsets.UTF_8);
    }

    private static String login() {
        return """
               POST /login HTTP/1.1\r
               Host: localhost\r
               Connection: close\r
               Content-Type: application/json\r
               Content-Length: 2\r
               \r
               {}""";
    }

    private static String noHttp(String what) {
        return switch (what) {
            case "chunk" ->
                    """
                    POST /login HTTP/1.1\r
                    Host: localhost\r
                    Content-Type: application/json\r
                    Transfer-Encoding: chunked\r
                    \r
                    zz\r
                    """;
            case "headers" ->
                    "GET /healthz HTTP/1.1\r\nHost: localhost\r\n"
                            + "A: bcdefgh\r\n".repeat(3000)
                            + "\r\n";
            case "line" -> get("/" + "x".repeat(20_000), "close");
            default -> "no HTTP\r\n\r\n";
        };
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String get(String path, String connection) {
        return "GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: %s\r\n\r\n"
                .formatted(path, connection);
    }

    private static int answers(ByteArrayOutputStream heard) {
        return heard.toString(StandardCharsets.UTF_8).split(ANSWER, -1).length - 1;
    }
}
