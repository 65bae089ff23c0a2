package cctvout.security;

import cctvout.problem.ProblemException;
import cctvout.recipient.Recipients;
import cctvout.record.Violation;
import cctvout.store.Database;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.crypto.password.PasswordEncoder;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;

/**
 * Grants access and takes it back. All publishers are lazy and error with problems; what is taken
 * back stands no longer when they complete, in other processes within {@code
 * cctvout.security.revocation-check}.
 */
public final class AccountDesk {

    private final Database database;
    private final Accounts accounts;
    private final Recipients recipients;
    private final AccessWatch watch;
    private final PasswordEncoder encoder;
    private final Scheduler scheduler;
    private final LoginThrottle throttle;
    private final InstantSource clock;
    private final int most;

    AccountDesk(
            Database database,
            Accounts accounts,
            Recipients recipients,
            AccessWatch watch,
            PasswordEncoder encoder,
            Scheduler scheduler,
            LoginThrottle throttle,
            InstantSource clock,
            int most) {
        this.database = database;
        this.accounts = accounts;
        this.recipients = recipients;
        this.watch = watch;
        this.encoder = encoder;
        this.scheduler = scheduler;
        this.throttle = throttle;
        this.clock = clock;
        this.most = most;
    }

    public Mono<List<AccountView>> list() {
        return accounts.all().map(AccountView::of).collectList();
    }

    public Mono<AccountView> find(String name) {
        return accounts.find(name).map(AccountView::of).switchIfEmpty(unknown(name));
    }

    public Mono<AccountView> create(AccountChange change) {
        return checked(change, true)
                .then(known(change, null))
                .then(accounts.all().count())
                .flatMap(
                        count ->
                                count >= most
                                        ? Mono.error(
                                                ProblemException.conflict(
                                                        "cctvout.security.max-accounts: " + most))
                                        : hash(Objects.requireNonNull(change.password())))
                .map(hash -> account(change, hash, 1))
                .flatMap(
                        account ->
                                accounts.create(account)
                                        .flatMap(
                                                created ->
                                                        created
                                                                ? watch.refresh()
                                                                        .thenReturn(account)
                                                                : exists(account)))
                .map(AccountView::of);
    }

    /**
     * A change that changes nothing keeps the version, and with it the sessions; a password that is
     * given is a change, whatever it is.
     *
     * @param demanded the version that the caller saw; 412 where it is another by now
     */
    public Mono<AccountView> update(AccountChange change, OptionalLong demanded) {
        String name = Objects.requireNonNull(change.name());
        return checked(change, false)
                .then(accounts.find(name).switchIfEmpty(unknown(name)))
                .flatMap(
                        before -> {
                            long version = demanded.orElse(before.version());
                            Account after = account(change, before.passwordHash(), version);
                            return keepsAnAdmin(before, after)
                                    .then(known(change, before))
                                    .then(replaced(before, after, change.password()));
                        })
                .switchIfEmpty(Mono.error(AccountDesk::stale))
                .flatMap(after -> watch.refresh().thenReturn(after))
                .map(AccountView::of);
    }

    private Mono<Account> replaced(Account before, Account wanted, @Nullable String password) {
        return password == null && wanted.equals(before)
                ? Mono.just(before)
                : hashOrNot(password).flatMap(hash -> accounts.update(wanted, hash.orNull()));
    }

    /**
     * @param demanded the version that the caller saw; 412 where it is another by now
     */
    public Mono<Void> delete(String name, OptionalLong demanded) {
        return Account.ADMIN.equals(name)
                ? Mono.error(ProblemException.conflict("the account admin stays"))
                : accounts.find(name)
                        .switchIfEmpty(unknown(name))
                        .flatMap(before -> accounts.delete(name, demanded.orElse(before.version())))
                        .filter(deleted -> deleted)
                        .switchIfEmpty(Mono.error(AccountDesk::stale))
                        .then(watch.refresh());
    }

    /**
     * One's own, with the present one shown once more: whoever finds a page open, or a token, must
     * not try passwords at it without end.
     */
    public Mono<Void> changePassword(String name, String present, String wanted) {
        String wrong = AccountChange.wrong(wanted);
        if (wrong != null) {
            return Mono.error(ProblemException.refused(new Violation("password", null, wrong)));
        }
        return Mono.defer(
                        () -> {
                            throttle.admit(name, clock.instant());
                            return accounts.find(name);
                        })
                .switchIfEmpty(unknown(name))
                .publishOn(scheduler)
                .flatMap(
                        account ->
                                encoder.matches(present, account.passwordHash())
                                        ? hash(wanted)
                                        : Mono.error(
                                                ProblemException.refused(
                                                        new Violation(
                                                                "current",
                                                                null,
                                                                "not the present password"))))
                .doOnNext(_ -> throttle.succeeded(name))
                .flatMap(hash -> accounts.changePassword(name, hash))
                .then(watch.refresh())
                .onErrorMap(
                        RejectedExecutionException.class,
                        _ -> PasswordAuthentication.tooManyWait());
    }

    /**
     * Makes or removes a recipient, and disables the accounts that are of its id in the same
     * transaction: what they were granted was for the one who had the id before.
     *
     * @param recipient the id; null where nothing came of it
     */
    public <T> Mono<T> parting(Mono<T> work, Function<T, @Nullable String> recipient) {
        return database.inTransaction(
                        work.flatMap(
                                done -> {
                                    String id = recipient.apply(done);
                                    return Mono.zip(
                                            Mono.just(done),
                                            id == null ? Mono.just(0L) : accounts.disableOf(id));
                                }))
                .flatMap(
                        both ->
                                both.getT2() > 0
                                        ? watch.refresh().thenReturn(both.getT1())
                                        : Mono.just(both.getT1()));
    }

    /** A city that locks itself out could not let itself in again. */
    private static Mono<Void> keepsAnAdmin(Account before, Account after) {
        boolean admin = after.enabled() && after.role() == AccessRole.ADMIN;
        return before.name().equals(Account.ADMIN) && !admin
                ? Mono.error(
                        ProblemException.conflict("the account admin stays enabled, and ADMIN"))
                : Mono.empty();
    }

    private static Mono<Void> checked(AccountChange change, boolean isNew) {
        List<Violation> violations = change.violations(isNew);
        return violations.isEmpty()
                ? Mono.empty()
                : Mono.error(ProblemException.refused(violations));
    }

    /**
     * The recipient that an account is given, or let in again for, is there. One that is gone keeps
     * nobody from disabling the account.
     */
    private Mono<Void> known(AccountChange change, @Nullable Account before) {
        String recipient = change.recipientId();
        boolean asBefore =
                before != null
                        && Objects.equals(recipient, before.recipientId())
                        && (before.enabled() || Boolean.FALSE.equals(change.enabled()));
        return recipient == null || asBefore
                ? Mono.empty()
                : recipients
                        .find(recipient)
                        .switchIfEmpty(
                                Mono.error(
                                        () ->
                                                ProblemException.refused(
                                                        new Violation(
                                                                "recipientId",
                                                                recipient,
                                                                "is unknown"))))
                        .then();
    }

    private static Account account(AccountChange change, String hash, long version) {
        return new Account(
                Objects.requireNonNull(change.name()),
                hash,
                Objects.requireNonNull(change.role()),
                change.recipientId(),
                !Boolean.FALSE.equals(change.enabled()),
                version);
    }

    private record Hash(@Nullable String orNull) {}

    private Mono<Hash> hashOrNot(@Nullable String password) {
        return password == null ? Mono.just(new Hash(null)) : hash(password).map(Hash::new);
    }

    private Mono<String> hash(String password) {
        return Mono.fromSupplier(() -> Objects.requireNonNull(encoder.encode(password)))
                .subscribeOn(scheduler)
                .onErrorMap(
                        RejectedExecutionException.class,
                        _ -> PasswordAuthentication.tooManyWait());
    }

    private static <T> Mono<T> exists(Account account) {
        return Mono.error(ProblemException.conflict("account " + account.name() + " exists"));
    }

    private static <T> Mono<T> unknown(String name) {
        return Mono.error(() -> ProblemException.unknown("account", name));
    }

    private static ProblemException stale() {
        return new ProblemException(
                HttpStatus.PRECONDITION_FAILED, "the account was changed meanwhile");
    }
}
