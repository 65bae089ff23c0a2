package cctvout.security;

import cctvout.problem.ProblemException;

import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.server.context.ServerSecurityContextRepository;
import org.springframework.web.server.ServerWebExchange;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sessions of callers whose grant stands. What the database said is believed for {@code
 * cctvout.security.revocation-check}; while it does not answer the last word stands, {@code
 * cctvout.security.remembered-logins} of them.
 */
final class StandingSessions implements ServerSecurityContextRepository {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int SECRET_BYTES = 32;

    private record Known(Caller caller, Instant read) {}

    private final LoginSessions sessions;
    private final AccessWatch watch;
    private final Scheduler scheduler;
    private final Clock clock;
    private final Duration believed;
    private final Map<String, Known> known;

    /** A page asks for much at a time: its session is looked for once. */
    private final Map<String, Mono<Caller>> underWay = new ConcurrentHashMap<>();

    private final SecureRandom random = new SecureRandom();

    /**
     * @param scheduler where randomness may be waited for
     */
    StandingSessions(
            LoginSessions sessions,
            AccessWatch watch,
            Scheduler scheduler,
            Clock clock,
            SecuritySettings settings) {
        this.sessions = sessions;
        this.watch = watch;
        this.scheduler = scheduler;
        this.clock = clock;
        this.believed = settings.revocationCheck();
        this.known =
                new LinkedHashMap<>() {
                    @Override
                    protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
                        return size() > settings.rememberedLogins();
                    }
                };
    }

    /**
     * Begins a session under a new secret, whatever the browser showed; null ends what it shows.
     */
    @Override
    public Mono<Void> save(ServerWebExchange exchange, @Nullable SecurityContext context) {
        return context != null && context.getAuthentication() instanceof Caller caller
                ? Mono.fromSupplier(this::secret)
                        .subscribeOn(scheduler)
                        .flatMap(secret -> begin(exchange, caller, secret))
                : Mono.defer(
                        () -> {
                            SessionCookie.takeBack(exchange);
                            return end(exchange);
                        });
    }

    private Mono<Void> begin(ServerWebExchange exchange, Caller caller, String secret) {
        String digest = SessionCookie.digest(secret);
        Instant now = clock.instant();
        return sessions.begin(digest, caller, now)
                .then(end(exchange))
                .then(
                        Mono.fromRunnable(
                                () -> {
                                    keep(digest, new Known(caller, now));
                                    SessionCookie.give(exchange, secret);
                                }));
    }

    @Override
    public Mono<SecurityContext> load(ServerWebExchange exchange) {
        String digest = SessionCookie.digest(exchange);
        return digest == null ? Mono.empty() : Mono.defer(() -> find(digest));
    }

    private Mono<SecurityContext> find(String digest) {
        Instant now = clock.instant();
        Known last = last(digest);
        Mono<Caller> caller =
                last != null && now.isBefore(last.read().plus(believed))
                        ? Mono.just(last.caller())
                        : underWay.computeIfAbsent(
                                digest,
                                _ ->
                                        read(digest, now, last)
                                                .doFinally(_ -> underWay.remove(digest))
                                                .cache());
        return caller.filter(watch::stands).map(SecurityContextImpl::new);
    }

    private Mono<Caller> read(String digest, Instant now, @Nullable Known last) {
        return sessions.find(digest, now)
                .flatMap(watch::noted)
                .timeout(PATIENCE)
                .doOnNext(caller -> keep(digest, new Known(caller, now)))
                .switchIfEmpty(Mono.fromRunnable(() -> forget(digest)))
                .onErrorResume(
                        away ->
                                last == null
                                        ? Mono.error(
                                                ProblemException.unavailable(
                                                        "sessions cannot be read: "
                                                                + away.getMessage()))
                                        : Mono.just(last.caller()));
    }

    private Mono<Void> end(ServerWebExchange exchange) {
        String digest = SessionCookie.digest(exchange);
        if (digest == null) {
            return Mono.empty();
        }
        forget(digest);
        return sessions.end(digest);
    }

    private @Nullable Known last(String digest) {
        synchronized (known) {
            return known.get(digest);
        }
    }

    private void keep(String digest, Known caller) {
        synchronized (known) {
            known.remove(digest);
            known.put(digest, caller);
        }
    }

    private void forget(String digest) {
        synchronized (known) {
            known.remove(digest);
        }
    }

    private String secret() {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
