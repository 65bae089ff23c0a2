package cctvout.hls;

import cctvout.hls.Playlist.Init;
import cctvout.hls.Playlist.Media;
import cctvout.hls.Playlist.Multivariant;
import cctvout.hls.Playlist.Rejected;
import cctvout.hls.Playlist.Segment;
import cctvout.network.AllowedNetworks;
import cctvout.network.HostResolver;

import io.netty.handler.codec.http.HttpHeaderNames;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Mono;

import java.time.Clock;
import java.time.InstantSource;

/**
 * Checks streams on Reactor Netty's event loops. A check makes its own connections, and uses one
 * again for what comes from the same host; none outlives it.
 */
public final class ReactorNettyHlsProber implements HlsProber {

    private final HlsSettings settings;
    private final Clock clock;
    private final InstantSource steady;
    private final StreamClient client;
    private final Lanes exchanges;
    private final Lanes hosts;
    private final Lanes onDemand;
    private final OnDemandHosts onDemandHosts;

    private ReactorNettyHlsProber(
            HlsSettings settings,
            HostResolver resolver,
            AllowedNetworks allowed,
            Clock clock,
            InstantSource steady) {
        this.settings = settings;
        this.clock = clock;
        this.steady = steady;
        this.client = new StreamClient(settings, resolver, allowed);
        this.exchanges =
                new Lanes(
                        "concurrency",
                        settings.concurrency(),
                        settings.queue(),
                        settings.queueTimeout());
        this.hosts =
                new Lanes(
                        "per-host", settings.perHost(), settings.queue(), settings.queueTimeout());
        this.onDemand =
                new Lanes(
                        "on-demand.concurrency",
                        settings.onDemand().concurrency(),
                        settings.onDemand().queue(),
                        settings.queueTimeout());
        this.onDemandHosts = new OnDemandHosts(settings.onDemand());
    }

    /**
     * @param allowed where any connection of a check may lead
     * @param clock tells when a check was, and when an edge was seen
     */
    public static ReactorNettyHlsProber create(
            HlsSettings settings, HostResolver resolver, AllowedNetworks allowed, Clock clock) {
        return create(settings, resolver, allowed, clock, clock);
    }

    /**
     * @param steady tells when an edge was seen, so that a clock that is set makes no stream stand
     *     still
     */
    static ReactorNettyHlsProber create(
            HlsSettings settings,
            HostResolver resolver,
            AllowedNetworks allowed,
            Clock clock,
            InstantSource steady) {
        return new ReactorNettyHlsProber(settings, resolver, allowed, clock, steady);
    }

    @Override
    public Mono<HlsResult> probe(String url, @Nullable Edge before) {
        return Mono.defer(
                () -> {
                    StreamCheck check =
                            new StreamCheck(client, settings, exchanges, hosts, onDemand);
                    Findings findings = new Findings(before);
                    return Mono.defer(() -> entry(url, check, findings))
                            .then(Mono.fromSupplier(() -> success(check, findings)))
                            .onErrorResume(error -> Mono.just(failure(error, check, findings)))
                            .doOnTerminate(check::close)
                            .doOnCancel(check::close);
                });
    }

    /** Lanes that are in use, for tests: none where nothing is being checked. */
    int lanes() {
        return exchanges.size() + hosts.size() + onDemand.size();
    }

    private HlsResult success(StreamCheck check, Findings findings) {
        return findings.success(clock.instant(), check.spentNanos());
    }

    private HlsResult failure(Throwable error, StreamCheck check, Findings findings) {
        StreamFault fault =
                error instanceof StreamFault known
                        ? known
                        : new StreamFault(HlsReason.PROBER_OVERLOAD, error.toString());
        return findings.failure(fault, clock.instant(), check.spentNanos());
    }

    private Mono<Void> entry(String url, StreamCheck check, Findings findings) {
        Inquiry inquiry =
                Inquiry.playlist(Inquiry.Kind.ENTRY, settings.maxPlaylist(), !settings.segments());
        return entry(StreamUrl.parse(url), inquiry, check)
                .flatMap(
                        answer ->
                                switch (playlist(answer, true, findings)) {
                                    case Media media -> media(media, answer, check, findings);
                                    case Multivariant list ->
                                            variant(list, answer, check, findings);
                                    case Rejected rejected -> Mono.error(fault(rejected, answer));
                                    case null -> Mono.empty();
                                });
    }

    /** A stream on demand has a second, later try. */
    private Mono<Answer> entry(StreamUrl url, Inquiry inquiry, StreamCheck check) {
        Mono<Answer> second =
                Mono.defer(
                        () -> {
                            check.pause();
                            return Mono.delay(settings.onDemand().retryAfter())
                                    .then(check.fetchPatiently(url, inquiry));
                        });
        return check.fetch(url, inquiry)
                .doOnNext(onDemandHosts::note)
                .onErrorResume(error -> onDemandHosts.mayComeLater(error, url), _ -> second)
                .flatMap(
                        answer ->
                                onDemandHosts.mayComeLater(answer) && !check.patientBefore()
                                        ? second
                                        : Mono.just(answer));
    }

    private Mono<Void> variant(
            Multivariant list, Answer answer, StreamCheck check, Findings findings) {
        String uri = list.usable();
        if (uri == null) {
            return Mono.error(
                    new StreamFault(
                            HlsReason.NO_VARIANT,
                            list.variants() + " variants, none that may carry video"));
        }
        Inquiry inquiry =
                Inquiry.playlist(
                        Inquiry.Kind.VARIANT, settings.maxPlaylist(), !settings.segments());
        return check.fetch(answer.url().resolve(uri), inquiry)
                .flatMap(
                        child ->
                                switch (playlist(child, false, findings)) {
                                    case Media media -> media(media, child, check, findings);
                                    case Multivariant _ ->
                                            Mono.error(
                                                    new StreamFault(
                                                            HlsReason.NO_VARIANT,
                                                            "a variant that lists variants"));
                                    case Rejected rejected -> Mono.error(fault(rejected, child));
                                    case null -> Mono.empty();
                                });
    }

    /** Null where the server says that nothing changed: then freshness is all there is to judge. */
    private @Nullable Playlist playlist(Answer answer, boolean entry, Findings findings) {
        findings.answered(answer.status());
        Edge before = findings.before();
        if (answer.status() == 304 && before != null) {
            HlsJudge.unchanged(before, findings, steady.instant());
            return null;
        }
        HlsJudge.playlistStatus(answer.status(), entry);
        byte[] body = plain(answer);
        Playlist playlist = Playlist.parse(body, body.length);
        if (!(playlist instanceof Rejected)) {
            HlsJudge.mime(answer.header(HttpHeaderNames.CONTENT_TYPE), findings);
        }
        return playlist;
    }

    private byte[] plain(Answer answer) {
        String encoding = answer.header(HttpHeaderNames.CONTENT_ENCODING);
        if (encoding == null || encoding.isBlank() || encoding.equalsIgnoreCase("identity")) {
            return answer.body();
        }
        if (encoding.equalsIgnoreCase("gzip") || encoding.equalsIgnoreCase("x-gzip")) {
            return Gzip.unpack(answer.body(), settings.maxPlaylist());
        }
        throw new StreamFault(
                HlsReason.NOT_A_PLAYLIST, "Content-Encoding " + encoding, answer.status());
    }

    private static StreamFault fault(Rejected rejected, Answer answer) {
        return new StreamFault(rejected.reason(), rejected.detail(), answer.status());
    }

    private Mono<Void> media(Media media, Answer answer, StreamCheck check, Findings findings) {
        findings.read(media);
        HlsJudge.playable(media, findings);
        HlsJudge.targetDuration(media, findings);
        HlsJudge.freshness(media, findings, steady.instant());
        Segment newest = media.newest();
        if (newest == null || !settings.segments()) {
            return Mono.empty();
        }
        return segment(newest, media.previous(), answer, check, findings)
                .then(Mono.defer(() -> init(newest, answer, check)));
    }

    private Mono<Void> segment(
            Segment newest,
            @Nullable Segment previous,
            Answer list,
            StreamCheck check,
            Findings findings) {
        return head(newest, list, check)
                .flatMap(
                        answer -> {
                            if (!HlsJudge.missing(answer.status())) {
                                return Mono.fromRunnable(() -> judge(answer, newest, findings));
                            }
                            int status = answer.status();
                            if (previous == null) {
                                return Mono.error(HlsJudge.segmentsMissing(status));
                            }
                            return previous(previous, status, list, check, findings);
                        });
    }

    private Mono<Void> previous(
            Segment previous, int newestStatus, Answer list, StreamCheck check, Findings findings) {
        return head(previous, list, check)
                .flatMap(
                        answer -> {
                            if (HlsJudge.missing(answer.status())) {
                                return Mono.error(HlsJudge.segmentsMissing(newestStatus));
                            }
                            judge(answer, previous, findings);
                            findings.warn(
                                    HlsReason.SEGMENT_LATE, "newest segment: HTTP " + newestStatus);
                            return Mono.empty();
                        });
    }

    private static void judge(Answer answer, Segment segment, Findings findings) {
        HlsJudge.segmentStatus(answer.status());
        HlsJudge.media(answer, segment, findings);
    }

    private static Mono<Answer> head(Segment segment, Answer list, StreamCheck check) {
        Inquiry inquiry =
                Inquiry.head(Inquiry.Kind.SEGMENT, segment.range(), segment.init() == null);
        return part(list.url().resolve(segment.uri()), inquiry, check);
    }

    private static Mono<Answer> part(StreamUrl url, Inquiry inquiry, StreamCheck check) {
        return check.fetch(url, inquiry)
                .onErrorMap(
                        StreamFault.class,
                        fault ->
                                switch (fault.reason()) {
                                    case RESPONSE_TIMEOUT, BODY_TIMEOUT ->
                                            new StreamFault(
                                                    HlsReason.SEGMENT_TIMEOUT, fault.getMessage());
                                    default -> fault;
                                });
    }

    private static Mono<Void> init(Segment segment, Answer list, StreamCheck check) {
        Init init = segment.init();
        if (init == null) {
            return Mono.empty();
        }
        Inquiry inquiry = Inquiry.head(Inquiry.Kind.INIT, init.range(), true);
        return part(list.url().resolve(init.uri()), inquiry, check)
                .flatMap(
                        answer -> {
                            HlsJudge.init(answer, segment.encrypted());
                            return Mono.empty();
                        });
    }
}
