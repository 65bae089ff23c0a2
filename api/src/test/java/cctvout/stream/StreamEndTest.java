package cctvout.stream;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.log.LogEntry;

import io.netty.channel.embedded.EmbeddedChannel;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import reactor.netty.Connection;
import reactor.test.StepVerifier;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.LongStream;

/** How a stream ends, and which one does not begin. */
@Timeout(60)
class StreamEndTest {

    private static final Duration LONG = Duration.ofMinutes(5);

    @Test
    void aClientThatDoesNotReadIsClosedAndTheOthersGoOn() throws Exception {
        int total = 3000;
        String body = "{\"x\":\"" + "y".repeat(8000) + "\"}";
        var settings = StreamServer.settings(256, 100, Duration.ofSeconds(2));
        try (var server = StreamServer.start(settings);
                var deaf = deafClient(server.port());
                var reader = EventReader.open(server.uri("?after=0"), null)) {
            for (int i = 0; i < total; i++) {
                server.log.add(LogEntry.TRANSITION, "c", body);
            }
            assertThat(reader.nextIds(total))
                    .isEqualTo(LongStream.rangeClosed(1, total).boxed().toList());
            // heartbeats mark the seconds
            for (int i = 0; i < 8 && server.closed("stalled") == 0; i++) {
                reader.next(":");
            }
            assertThat(server.closed("stalled")).isEqualTo(1);
            assertThat(server.clients()).isEqualTo(1);
            assertThat(deaf.isConnected()).isTrue();
            long seq = server.log.addTransition("c");
            assertThat(reader.nextIds(1)).containsExactly(seq);
        }
    }

    private static Socket deafClient(int port) throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress("127.0.0.1", port));
        String request = "GET /api/stream?after=0 HTTP/1.1\r\nHost: localhost\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    @Test
    void oneClientMoreThanTheLimitIsRefused() throws Exception {
        try (var server = StreamServer.start(StreamServer.settings(64, 1, LONG));
                var first = EventReader.open(server.uri(""), null)) {
            first.next("retry");
            try (var second = EventReader.open(server.uri(""), null)) {
                assertThat(second.response.statusCode()).isEqualTo(503);
            }
        }
    }

    @Test
    void completesTheStreamsWhenTheProcessStops() throws Exception {
        try (var server = StreamServer.start();
                var reader = EventReader.open(server.uri(""), null)) {
            reader.next("retry");
            server.stopHub();
            assertThat(reader.next("end").type()).isEqualTo("end");
            assertThat(server.closed("shutdown")).isEqualTo(1);
        }
    }

    @Test
    void aStreamThatBeginsWhileTheProcessStopsEndsAtOnce() throws Exception {
        var channel = new EmbeddedChannel();
        try (var server = StreamServer.start()) {
            var late = server.connect(new StreamConnection(Connection.from(channel)));
            server.stopHub();
            StepVerifier.create(late).expectComplete().verify(Duration.ofSeconds(20));
            assertThat(server.clients()).isZero();
        } finally {
            channel.finishAndReleaseAll();
        }
    }

    @Test
    void aClientThatGoesIsForgotten() throws Exception {
        try (var server = StreamServer.start(StreamServer.settings(64, 10, LONG));
                var other = EventReader.open(server.uri(""), null)) {
            try (var reader = EventReader.open(server.uri(""), null)) {
                reader.next("retry");
            }
            for (int i = 0; i < 8 && server.closed("client") == 0; i++) {
                other.next(":");
            }
            assertThat(server.clients()).isEqualTo(1);
        }
    }
}
