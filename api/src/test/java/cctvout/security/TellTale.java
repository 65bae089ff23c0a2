package cctvout.security;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;

/** Everybody that is written to from outside the application, in one server on loopback. */
final class TellTale implements AutoCloseable {

    private final ConcurrentLinkedQueue<String> told = new ConcurrentLinkedQueue<>();
    private final HttpServer server = receiver();

    TellTale() {
        server.createContext("/", this::echo);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    /** All that came, with its headers. */
    String told() {
        return String.join("\n", told);
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static HttpServer receiver() {
        try {
            return HttpServer.create(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Refuses everything, and says all that it was told: what is kept of its words is a leak. */
    private void echo(HttpExchange exchange) throws IOException {
        String all =
                exchange.getRequestURI()
                        + " "
                        + exchange.getRequestHeaders().entrySet()
                        + " "
                        + new String(
                                exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        told.add(all);
        boolean slack = exchange.getRequestURI().getPath().contains("slack");
        byte[] answer = (slack ? "kanarie_slack_path" : all).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(500, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }
}
