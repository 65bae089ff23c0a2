package cctvout.alerting;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A server that speaks HTTP badly, each path in its own way, until it is healed. */
final class SickReceivers implements AutoCloseable {

    /** How. */
    enum Sickness {
        ERROR,
        TOO_MANY,
        AWAY_FOR_AGES,
        NONSENSE_WAIT,
        HANG,
        DRIP,
        HUGE_HEADERS,
        GARBAGE,
        REDIRECT_LOOP,
        CLOSE,
        RESET_AFTER_BODY,
        NO_TLS
    }

    /** A try that came: the way it was answered, and the notice's id. */
    record Came(Sickness sickness, String id) {}

    final Queue<Came> came = new ConcurrentLinkedQueue<>();
    private final ServerSocket server =
            new ServerSocket(0, 500, InetAddress.getByName("127.0.0.1"));
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final CountDownLatch healed = new CountDownLatch(1);

    SickReceivers() throws IOException {
        Thread.ofVirtual().start(this::serve);
    }

    String url(Sickness sickness) {
        String scheme = sickness == Sickness.NO_TLS && !isHealed() ? "https" : "http";
        return scheme + "://127.0.0.1:" + server.getLocalPort() + "/" + sickness;
    }

    void heal() {
        healed.countDown();
    }

    private boolean isHealed() {
        return healed.getCount() == 0;
    }

    private void serve() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                open.add(client);
                Thread.ofVirtual().start(() -> answer(client));
            } catch (IOException ended) {
                return;
            }
        }
    }

    private void answer(Socket client) {
        try (client) {
            String path = request(client);
            if (path == null) {
                return;
            }
            if (isHealed()) {
                say(client, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
            } else {
                beSick(client, Sickness.valueOf(path));
            }
            drain(client);
        } catch (IOException | InterruptedException left) {
            // it is what a client whose deadline is over does
        } finally {
            open.remove(client);
        }
    }

    private void beSick(Socket client, Sickness sickness) throws IOException, InterruptedException {
        switch (sickness) {
            case ERROR -> answer(client, "500 Ill", "");
            case TOO_MANY -> answer(client, "429 Slow", "Retry-After: 1\r\n");
            case AWAY_FOR_AGES -> answer(client, "503 Away", "Retry-After: 999999999\r\n");
            case NONSENSE_WAIT ->
                    answer(client, "503 Away", "Retry-After: -7 fortnights and a bit\r\n");
            case REDIRECT_LOOP -> answer(client, "307 Again", "Location: /REDIRECT_LOOP\r\n");
            case GARBAGE -> say(client, "\0\1\2 what is HTTP?\r\n\r\n");
            case HUGE_HEADERS -> {
                say(client, "HTTP/1.1 200 OK\r\n");
                for (int i = 0; i < 100_000; i++) {
                    say(client, "X-" + i + ": " + "x".repeat(1000) + "\r\n");
                }
            }
            case HANG -> healed.await();
            case DRIP -> {
                say(client, "HTTP/1.1 200 OK\r\nX-Drip: ");
                while (!healed.await(20, TimeUnit.MILLISECONDS)) {
                    say(client, "x");
                }
            }
            case RESET_AFTER_BODY -> client.setSoLinger(true, 0);
            case CLOSE, NO_TLS -> {}
        }
        if (sickness == Sickness.RESET_AFTER_BODY || sickness == Sickness.CLOSE) {
            client.close();
        }
    }

    private static void answer(Socket client, String status, String header) throws IOException {
        say(client, "HTTP/1.1 " + status + "\r\n" + header + "Content-Length: 0\r\n\r\n");
    }

    /** Reads a request with its body; the path that it names, null where it is none. */
    private @org.jspecify.annotations.Nullable String request(Socket client) throws IOException {
        BufferedReader in =
                new BufferedReader(
                        new InputStreamReader(
                                client.getInputStream(), StandardCharsets.ISO_8859_1));
        String first = in.readLine();
        if (first == null || !first.startsWith("POST /")) {
            return null;
        }
        String path = first.substring(6, first.indexOf(' ', 6));
        int length = 0;
        String id = "";
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            String value = line.substring(line.indexOf(':') + 1).strip();
            if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(value);
            } else if (line.toLowerCase(java.util.Locale.ROOT).startsWith("webhook-id:")) {
                id = value;
            }
        }
        for (int left = length; left > 0; left--) {
            if (in.read() < 0) {
                break;
            }
        }
        came.add(new Came(Sickness.valueOf(path), id));
        return path;
    }

    /** Closed with bytes unread it would be a reset. */
    private static void drain(Socket client) throws IOException {
        if (!client.isClosed()) {
            client.getInputStream().transferTo(OutputStream.nullOutputStream());
        }
    }

    private static void say(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        client.getOutputStream().flush();
    }

    @Override
    public void close() throws IOException {
        heal();
        server.close();
        for (Socket one : open) {
            one.close();
        }
    }
}
