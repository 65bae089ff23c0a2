package cctvout.network;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.http.HttpHeaderNames;

import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;

import java.io.ByteArrayOutputStream;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLException;

/**
 * GETs one document on a connection of its own: checked addresses, no redirect followed, a deadline
 * over all, a bounded body. Its errors never say the URL: a key may be in it.
 */
public final class DocumentFetch {

    /**
     * What a fetch is held to.
     *
     * @param deadline over all
     * @param maxBytes of the body
     * @param deadlineSetting the name of the setting, for the error
     * @param maxBytesSetting likewise
     */
    public record Limits(
            Duration deadline, int maxBytes, String deadlineSetting, String maxBytesSetting) {}

    private final HttpClient client;
    private final Limits limits;

    public DocumentFetch(CheckedAddresses addresses, Limits limits) {
        this.limits = limits;
        client =
                HttpClient.newConnection()
                        .resolver(addresses)
                        .followRedirect(false)
                        .compress(false)
                        .keepAlive(false)
                        .disableRetry(true)
                        .responseTimeout(limits.deadline())
                        .httpResponseDecoder(
                                decoder -> decoder.maxHeaderSize(16_384).maxInitialLineLength(4096))
                        .headers(
                                headers ->
                                        headers.set(HttpHeaderNames.ACCEPT, "application/json")
                                                .set(HttpHeaderNames.USER_AGENT, "cctv-out"));
    }

    /**
     * The body of a 200. Lazy; cancelling closes the connection; answers on an event loop. Errors
     * with {@link FetchException} alone.
     */
    public Mono<byte[]> get(URI url) {
        return client.get()
                .uri(url)
                .response(
                        (response, body) ->
                                response.status().code() == 200
                                        ? bounded(body)
                                        : Mono.error(
                                                new FetchException(
                                                        "answered HTTP "
                                                                + response.status().code())))
                .next()
                .timeout(limits.deadline())
                .onErrorMap(this::told);
    }

    private Mono<byte[]> bounded(ByteBufFlux body) {
        return body.asByteArray()
                .collect(ByteArrayOutputStream::new, this::append)
                .map(ByteArrayOutputStream::toByteArray);
    }

    private void append(ByteArrayOutputStream all, byte[] piece) {
        if (all.size() + piece.length > limits.maxBytes()) {
            throw new BodyTooLarge();
        }
        all.writeBytes(piece);
    }

    private Throwable told(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String words =
                    switch (cause) {
                        case FetchException said -> said.getMessage();
                        case AddressNotAllowedException refused -> refused.getMessage();
                        case BodyTooLarge _ ->
                                "more than "
                                        + limits.maxBytes()
                                        + " bytes ("
                                        + limits.maxBytesSetting()
                                        + ")";
                        case UnknownHostException _ -> "host name unknown";
                        case ConnectTimeoutException _ -> "connect timeout";
                        case NoRouteToHostException _ -> "no route to host";
                        case ConnectException _ -> "connection refused";
                        case SSLException _ -> "TLS failed";
                        case TimeoutException _, io.netty.handler.timeout.TimeoutException _ ->
                                "not whole within "
                                        + limits.deadline().toMillis()
                                        + " ms ("
                                        + limits.deadlineSetting()
                                        + ")";
                        default -> null;
                    };
            if (words != null) {
                return new FetchException(words);
            }
        }
        return new FetchException("connection lost");
    }

    private static final class BodyTooLarge extends RuntimeException {
        BodyTooLarge() {
            super("", null, false, false);
        }
    }
}
