package cctvout.hls;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A check uses a connection again where the server keeps it open, and no check another's. */
class ConnectionReuseTest {

    private final ProberRig rig = new ProberRig();
    private final ServerSocket listener;
    private final AtomicInteger connections = new AtomicInteger();

    /** Number of its connection, then path and Connection header. */
    private final List<String> asked = new CopyOnWriteArrayList<>();

    private volatile boolean silentAfterFirst;
    private volatile int bytesOfSecond = Integer.MAX_VALUE;

    ConnectionReuseTest() throws IOException {
        listener = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
        Thread.ofVirtual().start(this::accept);
    }

    @AfterEach
    void stop() throws IOException {
        rig.comesFree();
        listener.close();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                int number = connections.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(socket, number));
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private void serve(Socket socket, int number) {
        try (socket) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
            OutputStream out = socket.getOutputStream();
            for (int turn = 1; ; turn++) {
                String path = null;
                String connection = "";
                for (String line = in.readLine(); line != null && !line.isEmpty(); ) {
                    path = path == null ? line.split(" ", 3)[1] : path;
                    if (line.startsWith("Connection: ")) {
                        connection = line.substring(12);
                    }
                    line = in.readLine();
                }
                if (path == null || turn == 2 && silentAfterFirst) {
                    return;
                }
                asked.add(number + " " + path + " " + connection);
                byte[] answer = answer(path);
                out.write(
                        answer,
                        0,
                        turn == 2 ? Math.min(answer.length, bytesOfSecond) : answer.length);
                out.flush();
                if (connection.equals("close") || turn == 2 && answer.length > bytesOfSecond) {
                    return;
                }
            }
        } catch (IOException reset) {
            // the prober closes as it likes
        }
    }

    private static byte[] answer(String path) {
        byte[] body =
                switch (path) {
                    case "/e.m3u8" ->
                            "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nl.m3u8\n".getBytes(ISO_8859_1);
                    case "/l.m3u8" -> Samples.live(0, 2).getBytes(ISO_8859_1);
                    default -> Samples.ts(87);
                };
        byte[] head = ScriptedServer.head(200, "OK", body.length, "application/vnd.apple.mpegurl");
        byte[] all = java.util.Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, all, head.length, body.length);
        return all;
    }

    private String url() {
        return "http://127.0.0.1:" + listener.getLocalPort() + "/e.m3u8";
    }

    @Test
    void entryVariantAndSegmentComeOverOneConnectionAndTheLastEndsIt() {
        assertThat(rig.probe(url()).status()).isEqualTo(HlsStatus.SUCCESS);

        assertThat(asked)
                .containsExactly(
                        "1 /e.m3u8 keep-alive", "1 /l.m3u8 keep-alive", "1 /seg1.ts close");
    }

    @Test
    void nextCheckHasAConnectionOfItsOwn() {
        rig.probe(url());
        rig.probe(url());

        assertThat(connections).hasValue(2);
    }

    @Test
    void connectionThatTheServerClosedMeanwhileIsMadeAnew() {
        silentAfterFirst = true;

        HlsResult result = rig.probe(url());

        assertThat(result.status()).as(result.toString()).isEqualTo(HlsStatus.SUCCESS);
        assertThat(asked)
                .containsExactly(
                        "1 /e.m3u8 keep-alive", "2 /l.m3u8 keep-alive", "3 /seg1.ts close");
    }

    @Test
    void answerThatBreaksOffIsNotAskedForAgain() {
        bytesOfSecond = 120;

        HlsResult result = rig.probe(url());

        assertThat(result.reason()).as(result.toString()).isEqualTo(HlsReason.CONNECTION_RESET);
        assertThat(connections).hasValue(1);
    }
}
