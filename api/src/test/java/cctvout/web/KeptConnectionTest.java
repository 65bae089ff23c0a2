package cctvout.web;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.WholeApplication;

import org.junit.jupiter.api.RepeatedTest;
import org.springframework.boot.test.web.server.LocalServerPort;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Browsers and scripts ask again and again over one connection. */
@WholeApplication
class KeptConnectionTest {

    private static final int PATIENCE_MILLIS = 20_000;
    private static final String ANSWER = "HTTP/1.1 ";

    @LocalServerPort private int port;

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
