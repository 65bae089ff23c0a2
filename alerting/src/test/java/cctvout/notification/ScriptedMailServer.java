package cctvout.notification;

import org.jspecify.annotations.Nullable;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** As much of RFC 5321 as one mail needs, ill at the step that it is told to be ill at. */
final class ScriptedMailServer implements AutoCloseable {

    /** What the server has to say something to. */
    enum Step {
        GREETING,
        EHLO,
        MAIL,
        RCPT,
        DATA,
        BODY
    }

    /** How it is ill. */
    enum Illness {
        STALLS,
        DRIPS,
        HANGS_UP,
        BABBLES
    }

    /** The mails that it took, whole. */
    final BlockingQueue<String> mails = new LinkedBlockingQueue<>();

    final Map<Step, String> answers = new ConcurrentHashMap<>();
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile @Nullable Step illAt;
    private volatile Illness illness = Illness.STALLS;

    ScriptedMailServer() throws IOException {
        Thread.ofVirtual().start(this::serve);
    }

    int port() {
        return server.getLocalPort();
    }

    void ill(@Nullable Step at, Illness how) {
        illness = how;
        illAt = at;
    }

    private void serve() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                open.add(client);
                Thread.ofVirtual().start(() -> talk(client));
            } catch (IOException ended) {
                return;
            }
        }
    }

    private void talk(Socket client) {
        try (client) {
            converse(client);
        } catch (IOException | InterruptedException left) {
            // it is what a client whose deadline is over does
        } finally {
            open.remove(client);
        }
    }

    private void converse(Socket client) throws IOException, InterruptedException {
        BufferedReader in =
                new BufferedReader(
                        new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder said = new StringBuilder();
        boolean data = false;
        say(client, Step.GREETING, "220 test");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            said.append(line).append('\n');
            if (data) {
                data = !line.equals(".");
                if (!data) {
                    say(client, Step.BODY, "250 ok");
                    mails.add(said.toString());
                }
            } else if (line.equals("QUIT")) {
                return;
            } else {
                Step step = Step.valueOf(line.substring(0, 4));
                data = step == Step.DATA;
                say(client, step, data ? "354 go on" : "250 ok");
            }
        }
    }

    private void say(Socket client, Step step, String line)
            throws IOException, InterruptedException {
        String answer = answers.getOrDefault(step, line) + "\r\n";
        if (step != illAt) {
            write(client, answer);
            return;
        }
        switch (illness) {
            case STALLS -> closing.await();
            case HANGS_UP -> throw new IOException("hung up");
            case BABBLES -> write(client, "x".repeat(100) + "\r\n");
            case DRIPS -> {
                write(client, "250-");
                while (!closing.await(20, TimeUnit.MILLISECONDS)) {
                    write(client, "x");
                }
            }
        }
    }

    private static void write(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        client.getOutputStream().flush();
    }

    @Override
    public void close() throws IOException {
        closing.countDown();
        server.close();
        for (Socket one : open) {
            one.close();
        }
    }
}
