package cctvout.security;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import java.security.Principal;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Whether what was granted still stands: accounts and tokens as the database has them, read again
 * every {@code cctvout.security.revocation-check}, so that another process's revocation counts here
 * too. While the database is away the last word stands.
 */
final class AccessWatch implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(AccessWatch.class);

    private record Known(
            long read, Map<String, Account> accounts, Map<String, AccessToken> tokens) {}

    private final Accounts accounts;
    private final AccessTokens tokens;
    private final Duration every;
    private final Clock clock;
    private final AtomicLong reads = new AtomicLong();
    private final Sinks.Many<Boolean> looks = Sinks.many().multicast().directBestEffort();
    private volatile Known known = new Known(0, Map.of(), Map.of());
    private Disposable running = Disposables.disposed();

    AccessWatch(Accounts accounts, AccessTokens tokens, Duration every, Clock clock) {
        this.accounts = accounts;
        this.tokens = tokens;
        this.every = every;
        this.clock = clock;
    }

    /** Reads all again; lazy. An answer that was asked for earlier does not replace a newer one. */
    Mono<Void> refresh() {
        return Mono.defer(
                () -> {
                    long read = reads.incrementAndGet();
                    return Mono.zip(
                                    accounts.all().collectMap(Account::name),
                                    tokens.all().collectMap(AccessToken::id))
                            .doOnNext(both -> take(new Known(read, both.getT1(), both.getT2())))
                            .then();
                });
    }

    private synchronized void take(Known newer) {
        if (newer.read() > known.read()) {
            known = newer;
            looks.tryEmitNext(true);
        }
    }

    /** Refreshes first where the account is not known as the caller has it. */
    <C extends Caller> Mono<C> noted(C caller) {
        return Mono.defer(() -> stands(caller) ? Mono.just(caller) : refresh().thenReturn(caller));
    }

    boolean stands(Caller caller) {
        if (caller.foreign()) {
            return !caller.endedAt(clock.instant());
        }
        Known now = known;
        Account account = now.accounts().get(caller.getName());
        if (account == null || !account.enabled() || account.version() != caller.version()) {
            return false;
        }
        String id = caller.tokenId();
        AccessToken token = id == null ? null : now.tokens().get(id);
        return id == null || token != null && token.validAt(clock.instant());
    }

    /** Completes as soon as account or token stand no longer. Lazy. */
    Mono<Void> ended(Principal principal) {
        return principal instanceof Caller caller
                ? looks.asFlux().filter(_ -> !stands(caller)).next().then()
                : Mono.never();
    }

    @Override
    public void start() {
        running =
                Flux.interval(Duration.ZERO, every)
                        .onBackpressureDrop()
                        .concatMap(
                                _ ->
                                        refresh()
                                                .doOnSuccess(_ -> looks.tryEmitNext(true))
                                                .onErrorResume(AccessWatch::away),
                                1)
                        .subscribe(_ -> {}, bug -> log.error("Access is no longer watched", bug));
    }

    private static Mono<Void> away(Throwable error) {
        log.debug("Accounts cannot be read: {}", error.toString());
        return Mono.empty();
    }

    @Override
    public void stop() {
        running.dispose();
    }

    @Override
    public boolean isRunning() {
        return !running.isDisposed();
    }
}
