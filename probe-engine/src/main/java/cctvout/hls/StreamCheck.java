package cctvout.hls;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpHeaderNames;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Mono;

import java.time.Duration;

/**
 * What one check has at its disposal: a place at the host it is talking to, its cookies, and the
 * time that is left of its deadline. One exchange at a time.
 */
final class StreamCheck {

    private final StreamClient client;
    private final HlsSettings settings;
    private final Lanes hosts;
    private final Lanes exchanges;
    private final Lanes onDemand;
    private final CookieJar cookies = new CookieJar();
    private final KeptConnection connection = new KeptConnection();
    private final EventLoop loop;
    private Duration responseTimeout;
    private long limitNanos;
    private long spentNanos;

    /** In the second try of a stream on demand. */
    private boolean patient;

    private boolean triedPatiently;

    /** Guarded by this: a cancellation comes on any thread. */
    private Lanes.@Nullable Ticket place;

    private boolean closed;

    StreamCheck(
            StreamClient client,
            HlsSettings settings,
            Lanes exchanges,
            Lanes hosts,
            Lanes onDemand) {
        this.client = client;
        this.settings = settings;
        this.hosts = hosts;
        this.exchanges = exchanges;
        this.onDemand = onDemand;
        this.loop = client.loop();
        this.responseTimeout = settings.responseTimeout();
        this.limitNanos = settings.deadline().toNanos();
    }

    /**
     * Gives back what is held, and what is waited for; any thread, at any time, again and again.
     */
    void close() {
        synchronized (this) {
            closed = true;
        }
        pause();
        connection.close();
    }

    /** Gives back what is held, to go on later. */
    void pause() {
        Lanes.Ticket held;
        synchronized (this) {
            held = place;
            place = null;
        }
        if (held != null) {
            held.release();
        }
        connection.drop();
    }

    /** The patient try was made already. */
    boolean patientBefore() {
        return triedPatiently;
    }

    /** Time spent on the network so far. */
    long spentNanos() {
        return spentNanos;
    }

    /**
     * Once more, with more patience, and with all of the deadline for what follows. It holds a
     * place in the lane of such tries, and none at its host or among the others.
     */
    Mono<Answer> fetchPatiently(StreamUrl url, Inquiry inquiry) {
        return Mono.defer(
                () -> {
                    responseTimeout = settings.onDemand().timeout();
                    limitNanos = spentNanos + responseTimeout.plus(settings.deadline()).toNanos();
                    patient = true;
                    triedPatiently = true;
                    return follow(url, inquiry, settings.redirects())
                            .doOnTerminate(
                                    () -> {
                                        responseTimeout = settings.responseTimeout();
                                        limitNanos = spentNanos + settings.deadline().toNanos();
                                        patient = false;
                                    });
                });
    }

    /** Follows redirects. Errors with {@link StreamFault}. */
    Mono<Answer> fetch(StreamUrl url, Inquiry inquiry) {
        return follow(url, inquiry, settings.redirects());
    }

    private Mono<Answer> follow(StreamUrl url, Inquiry inquiry, int redirects) {
        return enter(url.host())
                .then(Mono.defer(() -> exchange(url, inquiry)))
                .flatMap(
                        answer -> {
                            cookies.take(answer);
                            return answer.redirect()
                                    ? follow(redirected(answer, redirects), inquiry, redirects - 1)
                                    : Mono.just(answer);
                        });
    }

    private static StreamUrl redirected(Answer answer, int redirects) {
        String location = answer.header(HttpHeaderNames.LOCATION);
        if (location == null) {
            throw new StreamFault(
                    HlsReason.NOT_A_PLAYLIST, "a redirect without Location", answer.status());
        }
        StreamUrl next = answer.url().resolve(PlaylistParser.utf8(location));
        if (redirects <= 0) {
            throw new StreamFault(
                    HlsReason.REDIRECT_LOOP,
                    "more than cctvout.probe.hls.redirects, at last to " + next,
                    answer.status());
        }
        return next;
    }

    /** A place at a host is kept for as long as the check stays with that host. */
    private Mono<Boolean> enter(String host) {
        Lanes.Ticket left;
        Mono<Boolean> granted;
        synchronized (this) {
            if (closed) {
                return Mono.never();
            }
            left = place;
            Lanes lanes = patient ? onDemand : hosts;
            String key = patient ? "" : host;
            if (left != null && left.key.equals(key)) {
                return Mono.empty();
            }
            place = lanes.ticket(key);
            granted = place.granted(left != null);
        }
        if (left != null) {
            left.release();
        }
        return granted;
    }

    /**
     * The place among all exchanges is asked for last and is not kept: who waits for a busy host
     * holds nothing that a check of another host needs.
     */
    private Mono<Answer> exchange(StreamUrl url, Inquiry inquiry) {
        if (patient) {
            return timed(url, inquiry);
        }
        Lanes.Ticket slot = exchanges.ticket("");
        return slot.granted(inquiry.kind() != Inquiry.Kind.ENTRY)
                .then(Mono.defer(() -> timed(url, inquiry)))
                .doOnTerminate(slot::release)
                .doOnCancel(slot::release);
    }

    private Mono<Answer> timed(StreamUrl url, Inquiry inquiry) {
        long begun = System.nanoTime();
        StreamClient.Request request =
                new StreamClient.Request(
                        url,
                        inquiry,
                        cookies.header(url),
                        new Progress(),
                        responseTimeout,
                        begun + limitNanos - spentNanos,
                        loop);
        return client.get(request, connection)
                .doOnTerminate(() -> spentNanos += System.nanoTime() - begun);
    }
}
