package cctvout.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A party's own server: takes webhooks, checks their signature by the book. */
final class WebhookReceiver implements AutoCloseable {

    record Received(String path, String id, boolean signed, JsonNode body, long nanos) {
        String event() {
            return body.get("event").asString();
        }

        String camera() {
            return body.get("cameraId").asString();
        }
    }

    private static final JsonMapper JSON = JsonMapper.builder().build();

    final List<Received> received = new CopyOnWriteArrayList<>();
    private final String secret;
    private final HttpServer server;

    WebhookReceiver(String secret) {
        this.secret = secret;
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        server.createContext("/", this::take);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    String url(String party) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + party;
    }

    List<Received> of(String party, String camera) {
        return received.stream()
                .filter(one -> one.path().equals("/" + party) && one.camera().equals(camera))
                .toList();
    }

    private void take(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        var headers = exchange.getRequestHeaders();
        String id = headers.getFirst("Webhook-Id");
        String signed = id + "." + headers.getFirst("Webhook-Timestamp") + "." + text(body);
        boolean right = ("v1," + hmac(signed)).equals(headers.getFirst("Webhook-Signature"));
        received.add(
                new Received(
                        exchange.getRequestURI().getPath(),
                        id,
                        right,
                        JSON.readTree(text(body)),
                        System.nanoTime()));
        exchange.sendResponseHeaders(204, -1);
        exchange.close();
    }

    private String hmac(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return Base64.getEncoder()
                    .encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
