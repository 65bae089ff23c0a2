package cctvout.notification;

import cctvout.network.AddressNotAllowedException;
import cctvout.network.CheckedAddresses;
import cctvout.network.HostResolver;
import cctvout.notification.Delivery.Failed;

import io.netty.buffer.Unpooled;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Consumer;

import javax.net.ssl.SSLException;

/**
 * One POST on a connection of its own: checked addresses, no redirect followed, a deadline over
 * all, a bounded answer. Its errors never say the URL: it may be a secret.
 */
public final class OutgoingHttp {

    private static final Duration DRAIN = Duration.ofMillis(500);

    private final HttpClient client;
    private final NotificationSettings settings;
    private final InstantSource clock;

    public OutgoingHttp(HostResolver hosts, NotificationSettings settings, InstantSource clock) {
        this.clock = clock;
        this.settings = settings;
        client =
                HttpClient.newConnection()
                        .resolver(
                                new CheckedAddresses(
                                        hosts,
                                        settings.networks(),
                                        "cctvout.notification.allowed-networks"))
                        .followRedirect(false)
                        .compress(false)
                        .keepAlive(false)
                        .disableRetry(true)
                        .responseTimeout(settings.deadline())
                        .httpResponseDecoder(
                                limits -> limits.maxHeaderSize(8192).maxInitialLineLength(4096));
    }

    /**
     * Lazy; never an error signal.
     *
     * @param said what the answer's status and beginning mean, where it is not 2xx
     */
    public Mono<Delivery> post(
            String url,
            Consumer<HttpHeaders> headers,
            byte[] body,
            BiFunction<Integer, String, Failed> said) {
        return send(HttpMethod.POST, url, headers, body, said);
    }

    /** As {@link #post}; an empty body is none. */
    Mono<Delivery> send(
            HttpMethod method,
            String url,
            Consumer<HttpHeaders> headers,
            byte[] body,
            BiFunction<Integer, String, Failed> said) {
        return Mono.defer(
                () -> {
                    URI target;
                    try {
                        // as text, a port of one digit would not be seen as one
                        target = URI.create(url);
                    } catch (IllegalArgumentException malformed) {
                        return Mono.just(new Failed("not a URL", false, true));
                    }
                    AtomicBoolean begun = new AtomicBoolean();
                    return client.headers(headers)
                            .doOnRequest((_, _) -> begun.set(true))
                            .request(method)
                            .uri(target)
                            .send(
                                    body.length == 0
                                            ? Mono.empty()
                                            : Mono.fromSupplier(() -> Unpooled.wrappedBuffer(body)))
                            .response(
                                    (response, content) ->
                                            outcome(response, content.asString(), said))
                            .next()
                            .switchIfEmpty(Mono.error(() -> new ConnectException("no answer")))
                            .timeout(settings.deadline())
                            .onErrorResume(failure -> Mono.just(failed(failure, begun.get())));
                });
    }

    private Mono<Delivery> outcome(
            HttpClientResponse response,
            Flux<String> content,
            BiFunction<Integer, String, Failed> said) {
        int status = response.status().code();
        Mono<String> beginning =
                content.scan(String::concat)
                        .takeUntil(text -> text.length() > settings.maxResponse())
                        .take(DRAIN)
                        .onErrorResume(_ -> Mono.empty())
                        .takeLast(1)
                        .next()
                        .defaultIfEmpty("");
        return beginning.map(
                text ->
                        status >= 200 && status < 300
                                ? new Delivery.Sent()
                                : said.apply(status, text).after(asked(response)));
    }

    private @Nullable Duration asked(HttpClientResponse response) {
        String header = response.responseHeaders().get(HttpHeaderNames.RETRY_AFTER);
        return RetryAfter.parse(header, clock.instant());
    }

    private Failed failed(Throwable failure, boolean begun) {
        String error = words(failure, begun);
        if (error == null) {
            error = begun ? "connection lost" : "no connection";
        }
        return new Failed(error, begun, false);
    }

    private @Nullable String words(Throwable failure, boolean begun) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String words =
                    switch (cause) {
                        case AddressNotAllowedException refused -> refused.getMessage();
                        case UnknownHostException _ -> "host name unknown";
                        case ConnectTimeoutException _ -> "connect timeout";
                        case NoRouteToHostException _ -> "no route to host";
                        case ConnectException _ -> "connection refused";
                        case SSLException _ -> "TLS failed";
                        case TimeoutException _, io.netty.handler.timeout.TimeoutException _ ->
                                (begun ? "no answer within " : "no connection within ")
                                        + settings.deadline().toMillis()
                                        + " ms";
                        default -> null;
                    };
            if (words != null) {
                return words;
            }
        }
        return null;
    }

    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
