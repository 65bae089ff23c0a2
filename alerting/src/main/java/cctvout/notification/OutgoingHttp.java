package cctvout.notification;

import cctvout.network.AddressNotAllowedException;
import cctvout.network.CheckedAddresses;
import cctvout.network.HostResolver;
import cctvout.notification.Delivery.Failed;
import cctvout.notification.FailureCause.Code;

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

    /** The rest of an answer whose status says it all. */
    private static final Duration DRAIN = Duration.ofMillis(500);

    /** Of one whose words count. */
    private static final Duration READ = Duration.ofSeconds(3);

    private final HttpClient plain;
    private final HttpClient secured;
    private final NotificationSettings settings;
    private final InstantSource clock;

    public OutgoingHttp(HostResolver hosts, NotificationSettings settings, InstantSource clock) {
        this.clock = clock;
        this.settings = settings;
        plain =
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
        // now: what TLS loads and seeds at its first use blocks, and that would be an event loop
        secured = plain.secure();
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
        return send(
                HttpMethod.POST,
                url,
                headers,
                body,
                DRAIN,
                (status, text) -> isTaken(status) ? new Delivery.Sent() : said.apply(status, text));
    }

    static boolean isTaken(int status) {
        return status >= 200 && status < 300;
    }

    /**
     * As {@link #post}; an empty body is none.
     *
     * @param said what the answer's status and beginning mean
     */
    Mono<Delivery> send(
            HttpMethod method,
            String url,
            Consumer<HttpHeaders> headers,
            byte[] body,
            BiFunction<Integer, String, Delivery> said) {
        return send(method, url, headers, body, READ, said);
    }

    private Mono<Delivery> send(
            HttpMethod method,
            String url,
            Consumer<HttpHeaders> headers,
            byte[] body,
            Duration patience,
            BiFunction<Integer, String, Delivery> said) {
        return Mono.defer(
                () -> {
                    URI target;
                    try {
                        // as text, a port of one digit would not be seen as one
                        target = URI.create(url);
                    } catch (IllegalArgumentException malformed) {
                        return Mono.just(new Failed(Code.NOT_A_URL, false, true));
                    }
                    AtomicBoolean begun = new AtomicBoolean();
                    HttpClient client = "https".equals(target.getScheme()) ? secured : plain;
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
                                            outcome(response, content.asString(), patience, said))
                            .next()
                            .switchIfEmpty(Mono.error(() -> new ConnectException("no answer")))
                            .timeout(settings.deadline())
                            .onErrorResume(failure -> Mono.just(failed(failure, begun.get())));
                });
    }

    private Mono<Delivery> outcome(
            HttpClientResponse response,
            Flux<String> content,
            Duration patience,
            BiFunction<Integer, String, Delivery> said) {
        int status = response.status().code();
        Mono<String> beginning =
                content.scan(String::concat)
                        .takeUntil(text -> text.length() > settings.maxResponse())
                        .take(within(patience))
                        .onErrorResume(_ -> Mono.empty())
                        .takeLast(1)
                        .next()
                        .defaultIfEmpty("");
        return beginning.map(
                text ->
                        switch (said.apply(status, text)) {
                            case Failed failed -> failed.after(asked(response));
                            case Delivery other -> other;
                        });
    }

    private Duration within(Duration patience) {
        Duration half = settings.deadline().dividedBy(2);
        return patience.compareTo(half) < 0 ? patience : half;
    }

    private @Nullable Duration asked(HttpClientResponse response) {
        String header = response.responseHeaders().get(HttpHeaderNames.RETRY_AFTER);
        return RetryAfter.parse(header, clock.instant());
    }

    private Failed failed(Throwable failure, boolean begun) {
        FailureCause known = cause(failure, begun);
        if (known == null) {
            known = FailureCause.of(begun ? Code.CONNECTION_LOST : Code.NO_CONNECTION);
        }
        return new Failed(known, begun, false);
    }

    private @Nullable FailureCause cause(Throwable failure, boolean begun) {
        for (Throwable one = failure; one != null; one = one.getCause()) {
            FailureCause cause =
                    switch (one) {
                        case AddressNotAllowedException refused ->
                                FailureCause.of(
                                        Code.ADDRESS_NOT_ALLOWED,
                                        String.valueOf(refused.getMessage()));
                        case UnknownHostException _ -> FailureCause.of(Code.HOST_UNKNOWN);
                        case ConnectTimeoutException _ -> FailureCause.of(Code.CONNECT_TIMEOUT);
                        case NoRouteToHostException _ -> FailureCause.of(Code.NO_ROUTE);
                        case ConnectException _ -> FailureCause.of(Code.CONNECTION_REFUSED);
                        case SSLException _ -> FailureCause.of(Code.TLS_FAILED);
                        case TimeoutException _, io.netty.handler.timeout.TimeoutException _ ->
                                FailureCause.of(
                                        begun ? Code.NO_ANSWER : Code.NO_CONNECTION_IN_TIME,
                                        settings.deadline().toMillis());
                        default -> null;
                    };
            if (cause != null) {
                return cause;
            }
        }
        return null;
    }

    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
