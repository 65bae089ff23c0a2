package cctvout.security;

import cctvout.problem.ProblemException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.server.context.ServerSecurityContextRepository;
import org.springframework.web.server.ServerWebExchange;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sessions of callers whose grant stands. One that was seen here is known from then on, {@code
 * cctvout.security.remembered-logins} of them, and looked after every {@code
 * cctvout.security.revocation-check}: what ended in another process ends here within it. While the
 * database is away the last word stands.
 */
final class StandingSessions implements ServerSecurityContextRepository {

    private static final Logger log = LoggerFactory.getLogger(StandingSessions.class);

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int SECRET_BYTES = 32;

    private static final class Known {
        private final Caller caller;
        private volatile boolean used = true;

        Known(Caller caller) {
            this.caller = caller;
        }
    }

    private final LoginSessions sessions;
    private final AccessWatch watch;
    private final Scheduler scheduler;
    private final Clock clock;
    private final Duration every;
    private final Map<String, Known> known;

    /** A page asks for much at a time: its session is looked for once. */
    private final Map<String, Mono<Caller>> underWay = new ConcurrentHashMap<>();

    /** Sessions that something lasting was begun with, and how often. */
    private final Map<String, Integer> lasting = new ConcurrentHashMap<>();

    /** Digests of those that ended. A lost one is told again at the next look. */
    private final Sinks.Many<String> ends = Sinks.many().multicast().directBestEffort();

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
        this.every = settings.revocationCheck();
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
        return sessions.begin(digest, caller, clock.instant())
                .then(end(exchange))
                .then(
                        Mono.fromRunnable(
                                () -> {
                                    keep(digest, caller);
                                    SessionCookie.give(exchange, secret);
                                }));
    }

    @Override
    public Mono<SecurityContext> load(ServerWebExchange exchange) {
        String digest = SessionCookie.digest(exchange);
        return digest == null ? Mono.empty() : Mono.defer(() -> find(digest));
    }

    /**
     * Completes when the session that the request came with has ended; never where it came with
     * none. Lazy. What waits for it is a use of the session.
     */
    Mono<Void> ended(ServerWebExchange exchange) {
        return Mono.defer(
                () -> {
                    String digest = SessionCookie.digest(exchange);
                    if (digest == null || last(digest) == null) {
                        return Mono.never();
                    }
                    return ends.asFlux()
                            .filter(digest::equals)
                            .next()
                            .then()
                            .doOnSubscribe(_ -> lasting.merge(digest, 1, Integer::sum))
                            .doFinally(_ -> lasting.computeIfPresent(digest, (_, n) -> less(n)));
                });
    }

    private static @Nullable Integer less(int number) {
        return number > 1 ? number - 1 : null;
    }

    private Mono<SecurityContext> find(String digest) {
        Known last = last(digest);
        if (last != null) {
            if (!watch.stands(last.caller)) {
                return Mono.empty();
            }
            last.used = true;
            return Mono.just(new SecurityContextImpl(last.caller));
        }
        return underWay.computeIfAbsent(
                        digest, _ -> read(digest).doFinally(_ -> underWay.remove(digest)).cache())
                .filter(watch::stands)
                .map(SecurityContextImpl::new);
    }

    private Mono<Caller> read(String digest) {
        return sessions.find(digest, clock.instant())
                .flatMap(watch::noted)
                .timeout(PATIENCE)
                .doOnNext(caller -> keep(digest, caller))
                .onErrorMap(
                        away ->
                                ProblemException.unavailable(
                                        "sessions cannot be read: " + away.getMessage()));
    }

    /** Looks after all that are known; lazy. */
    Mono<Void> look() {
        return Mono.defer(
                () -> {
                    Map<String, Known> all;
                    synchronized (known) {
                        all = Map.copyOf(known);
                    }
                    Set<String> asked = new HashSet<>(lasting.keySet());
                    Set<String> used = new HashSet<>(asked);
                    asked.addAll(all.keySet());
                    all.forEach(
                            (digest, session) -> {
                                if (session.used) {
                                    session.used = false;
                                    used.add(digest);
                                }
                            });
                    Instant now = clock.instant();
                    return sessions.used(used, now)
                            .then(sessions.standing(asked, now))
                            .doOnNext(standing -> forgetOthers(asked, standing))
                            .then();
                });
    }

    private void forgetOthers(Set<String> asked, Set<String> standing) {
        synchronized (known) {
            known.keySet().removeIf(digest -> asked.contains(digest) && !standing.contains(digest));
        }
        lasting.keySet().stream()
                .filter(digest -> asked.contains(digest) && !standing.contains(digest))
                .forEach(ends::tryEmitNext);
    }

    /** Looks after all that are known, again and again. Lazy, never completes, never errors. */
    Flux<Void> looks() {
        return Flux.interval(every)
                .onBackpressureDrop()
                .concatMap(_ -> look().onErrorResume(StandingSessions::away), 1);
    }

    private static Mono<Void> away(Throwable error) {
        log.debug("Sessions cannot be read: {}", error.toString());
        return Mono.empty();
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

    private void keep(String digest, Caller caller) {
        synchronized (known) {
            known.remove(digest);
            known.put(digest, new Known(caller));
        }
    }

    private void forget(String digest) {
        synchronized (known) {
            known.remove(digest);
        }
        ends.tryEmitNext(digest);
    }

    private String secret() {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
