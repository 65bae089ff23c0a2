package cctvout.security;

import cctvout.log.Json;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.security.crypto.password.PasswordEncoder;

import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;

import java.io.PrintStream;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Sees to it that there is an admin: the password from the settings, else one that is made at the
 * first start and shown this once.
 */
final class AdminAccount implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(AdminAccount.class);

    /** Without letters and digits that look alike. */
    private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";

    private static final int GROUPS = 5;
    private static final int GROUP = 4;

    private final Accounts accounts;
    private final PasswordEncoder encoder;
    private final Scheduler scheduler;
    private final @Nullable String wanted;
    private final PrintStream console;
    private final boolean structured;
    private final Mono<Void> ready;
    private @Nullable Disposable begun;

    /**
     * @param structured whether what reads the console takes lines of JSON alone
     */
    AdminAccount(
            Accounts accounts,
            PasswordEncoder encoder,
            Scheduler scheduler,
            @Nullable String wanted,
            PrintStream console,
            boolean structured) {
        this.accounts = accounts;
        this.encoder = encoder;
        this.scheduler = scheduler;
        this.wanted = wanted;
        this.console = console;
        this.structured = structured;
        this.ready = ensured().cache();
    }

    /** Completes when there is an admin; waits for the database as long as it takes. */
    Mono<Void> ready() {
        return ready;
    }

    private Mono<Void> ensured() {
        return Mono.defer(() -> wanted == null ? generated() : asWanted(wanted))
                .doOnError(away -> log.warn("no admin account yet: {}", away.toString()))
                .retryWhen(
                        Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(200))
                                .maxBackoff(Duration.ofSeconds(5)));
    }

    private Mono<Void> asWanted(String password) {
        return accounts.find(Account.ADMIN)
                .publishOn(scheduler)
                .map(stored -> encoder.matches(password, stored.passwordHash()))
                .flatMap(
                        same ->
                                same
                                        ? Mono.just(true)
                                        : hashed(password)
                                                .flatMap(
                                                        admin ->
                                                                accounts.changePassword(
                                                                        admin.name(),
                                                                        admin.passwordHash()))
                                                .thenReturn(true))
                .switchIfEmpty(Mono.defer(() -> hashed(password).flatMap(accounts::create)))
                .then();
    }

    private Mono<Void> generated() {
        return accounts.find(Account.ADMIN)
                .hasElement()
                .flatMap(there -> there ? Mono.empty() : generate());
    }

    private Mono<Void> generate() {
        return Mono.fromSupplier(AdminAccount::password)
                .subscribeOn(scheduler)
                .flatMap(
                        password ->
                                hashed(password)
                                        .flatMap(accounts::create)
                                        .doOnNext(created -> show(created, password)))
                .then();
    }

    private Mono<Account> hashed(String password) {
        return Mono.fromSupplier(() -> Account.admin(hash(password))).subscribeOn(scheduler);
    }

    private String hash(String password) {
        String hash = encoder.encode(password);
        if (hash == null) {
            throw new IllegalStateException("no hash of a password");
        }
        return hash;
    }

    /** Another process on the same database may have been first: then its password counts. */
    private void show(boolean created, String password) {
        if (created) {
            console.println(structured ? json(password) : text(password));
            console.flush();
        }
    }

    private static String text(String password) {
        String line = "=".repeat(72);
        return String.join(
                System.lineSeparator(),
                "",
                line,
                "  First start: log in as user      " + Account.ADMIN,
                "               with the password   " + password,
                "  It is not shown again. To set another one, start with",
                "  --cctvout.security.admin-password=...",
                line,
                "");
    }

    private static String json(String password) {
        String words =
                "First start: log in as user %s with the password %s; it is not shown again, to set"
                        + " another one start with --cctvout.security.admin-password";
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("@timestamp", Instant.now().toString());
        fields.put("message", words.formatted(Account.ADMIN, password));
        fields.put("level", "WARN");
        return Json.write(fields);
    }

    private static String password() {
        SecureRandom random = new SecureRandom();
        StringBuilder password = new StringBuilder();
        for (int i = 0; i < GROUPS * GROUP; i++) {
            if (i > 0 && i % GROUP == 0) {
                password.append('-');
            }
            password.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return password.toString();
    }

    @Override
    public void start() {
        begun = ready.subscribe();
    }

    @Override
    public void stop() {
        if (begun != null) {
            begun.dispose();
            begun = null;
        }
    }

    @Override
    public boolean isRunning() {
        return begun != null;
    }
}
