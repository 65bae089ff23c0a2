package cctvout.security;

import cctvout.problem.ProblemException;

import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.crypto.password.PasswordEncoder;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;

/**
 * Is it the right password? Hashing takes tens of milliseconds on purpose: it is done off the event
 * loop, a few at a time, once for the same password asked many times at once, and not again for a
 * while.
 */
final class PasswordAuthentication implements ReactiveAuthenticationManager {

    private static final Duration DATABASE = Duration.ofSeconds(10);
    private static final Duration FOREVER = Duration.ofMillis(Long.MAX_VALUE);

    private final Accounts accounts;
    private final Mono<Void> adminReady;
    private final PasswordEncoder encoder;
    private final Scheduler scheduler;
    private final LoginThrottle throttle;
    private final VerifiedLogins verified;
    private final AccessWatch watch;
    private final AuditLog audit;
    private final Clock clock;
    private final Mono<Account> nobody;
    private final Map<String, Mono<Authentication>> underWay = new ConcurrentHashMap<>();

    PasswordAuthentication(
            Accounts accounts,
            Mono<Void> adminReady,
            PasswordEncoder encoder,
            Scheduler scheduler,
            LoginThrottle throttle,
            VerifiedLogins verified,
            AccessWatch watch,
            AuditLog audit,
            Clock clock) {
        this.accounts = accounts;
        this.adminReady = adminReady;
        this.encoder = encoder;
        this.scheduler = scheduler;
        this.throttle = throttle;
        this.verified = verified;
        this.watch = watch;
        this.audit = audit;
        this.clock = clock;
        // an unknown name takes as long as a wrong password
        this.nobody =
                Mono.fromSupplier(() -> Account.admin(someHash(encoder)))
                        .subscribeOn(scheduler)
                        // where it failed, the next one tries again
                        .cache(_ -> FOREVER, _ -> Duration.ZERO, () -> Duration.ZERO);
    }

    /**
     * Lazy; errors with {@link BadCredentialsException}, or with a problem: 429 past the limit of
     * attempts, 503 past that of waiting passwords. Goes on where the subscriber cancels.
     */
    @Override
    public Mono<Authentication> authenticate(Authentication given) {
        if (!(given instanceof PasswordLogin login)) {
            return Mono.empty();
        }
        return Mono.defer(
                () -> {
                    String digest = verified.digest(login.getPrincipal(), login.getCredentials());
                    Authentication known = verified.find(digest, clock.instant());
                    if (known instanceof Caller caller && watch.stands(caller)) {
                        return Mono.just(known);
                    }
                    String attempt = digest + login.address();
                    return underWay.computeIfAbsent(
                            attempt,
                            _ ->
                                    attempted(login, digest)
                                            .doFinally(_ -> underWay.remove(attempt))
                                            .cache());
                });
    }

    private Mono<Authentication> attempted(PasswordLogin login, String digest) {
        return Mono.defer(
                () -> {
                    String who = login.getPrincipal() + '\n' + login.address();
                    throttle.admit(who, clock.instant());
                    return verified(login)
                            .doOnNext(
                                    right -> {
                                        throttle.succeeded(who);
                                        verified.keep(digest, right, clock.instant());
                                    });
                });
    }

    private Mono<Authentication> verified(PasswordLogin login) {
        String name = login.getPrincipal();
        // the database takes no such text
        Mono<Account> found = name.indexOf('\0') < 0 ? accounts.find(name) : Mono.empty();
        return adminReady
                .then(found)
                .switchIfEmpty(nobody)
                .timeout(DATABASE)
                .publishOn(scheduler)
                .<Caller>handle(
                        (account, sink) -> {
                            boolean right =
                                    encoder.matches(login.getCredentials(), account.passwordHash());
                            boolean known = account.name().equals(login.getPrincipal());
                            if (right && known && account.enabled()) {
                                sink.next(Caller.of(account));
                            } else {
                                audit.refusedLogin(known ? account.name() : null, login.address());
                                sink.error(new BadCredentialsException("wrong user or password"));
                            }
                        })
                .flatMap(watch::noted)
                .<Authentication>map(caller -> caller)
                .onErrorMap(RejectedExecutionException.class, _ -> tooManyWait());
    }

    /** 503, where the scheduler of the hashes takes no more. */
    static ProblemException tooManyWait() {
        return ProblemException.unavailable(
                "too many logins wait (cctvout.security.password-queue)");
    }

    private static String someHash(PasswordEncoder encoder) {
        return String.valueOf(encoder.encode(UUID.randomUUID().toString()));
    }
}
