package cctvout.security;

import cctvout.camera.CameraCheck;
import cctvout.problem.ProblemException;
import cctvout.record.Violation;

import org.springframework.http.HttpStatus;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** Tokens for scripts: made, shown once, taken back. All publishers are lazy. */
public final class TokenDesk {

    private static final Duration LONGEST = Duration.ofDays(366);
    private static final int LONGEST_NAME = 100;

    private final AccessTokens tokens;
    private final AccessWatch watch;
    private final Scheduler scheduler;
    private final Clock clock;
    private final int most;
    private final SecureRandom random = new SecureRandom();

    /**
     * @param scheduler where randomness may be waited for
     * @param most of one account, {@code cctvout.security.max-tokens}
     */
    TokenDesk(AccessTokens tokens, AccessWatch watch, Scheduler scheduler, Clock clock, int most) {
        this.tokens = tokens;
        this.watch = watch;
        this.scheduler = scheduler;
        this.clock = clock;
        this.most = most;
    }

    /** The caller's own; an admin sees all. */
    public Mono<List<TokenView>> list(Caller caller) {
        return (caller.role() == AccessRole.ADMIN ? tokens.all() : tokens.of(caller.getName()))
                .map(token -> TokenView.of(token, null))
                .collectList();
    }

    /** One of those that {@link #list} shows; 404 else. */
    public Mono<TokenView> find(Caller caller, String id) {
        return stored(caller, id).map(token -> TokenView.of(token, null));
    }

    private Mono<AccessToken> stored(Caller caller, String id) {
        return (caller.role() == AccessRole.ADMIN ? tokens.all() : tokens.of(caller.getName()))
                .filter(token -> token.id().equals(id))
                .next()
                .switchIfEmpty(Mono.error(() -> ProblemException.unknown("token", id)));
    }

    /**
     * Errors with 400 where it would be worth more than the caller, or live too long; with 403
     * where the caller is a token itself.
     */
    public Mono<TokenView> create(Caller caller, TokenRequest wanted) {
        return Mono.defer(
                        () -> {
                            if (caller.foreign()) {
                                throw ProblemException.conflict(
                                        "a token belongs to an account, and this caller has none");
                            }
                            if (caller.tokenId() != null) {
                                throw forbidden(
                                        "a token makes no other, which would outlive it: log in");
                            }
                            Instant now = clock.instant();
                            AccessRole role = role(caller, wanted);
                            Instant expires = expires(wanted, now);
                            String id = HexFormat.of().formatHex(bytes(8));
                            String secret =
                                    Base64.getUrlEncoder()
                                            .withoutPadding()
                                            .encodeToString(bytes(32));
                            var token =
                                    new AccessToken(
                                            id,
                                            caller.getName(),
                                            name(wanted),
                                            role,
                                            now,
                                            expires,
                                            null);
                            return tokens.create(token, AccessToken.digest(secret), most)
                                    .filter(created -> created)
                                    .switchIfEmpty(
                                            Mono.error(
                                                    () ->
                                                            ProblemException.conflict(
                                                                    "cctvout.security.max-tokens: "
                                                                            + most
                                                                            + " an account")))
                                    .then(watch.refresh())
                                    .thenReturn(
                                            TokenView.of(
                                                    token, AccessToken.PREFIX + id + "_" + secret));
                        })
                .subscribeOn(scheduler);
    }

    /**
     * Another name, another end; without an end that of before. Its own, or anybody's for an admin;
     * 404 else. Errors with 400 where it would live too long or be worth something else, with 403
     * where the caller is a token itself.
     */
    public Mono<TokenView> change(Caller caller, String id, TokenRequest wanted) {
        if (caller.tokenId() != null) {
            return Mono.error(forbidden("a token changes none, or it would live on: log in"));
        }
        return stored(caller, id)
                .map(before -> changed(before, wanted, clock.instant()))
                .flatMap(
                        after ->
                                tokens.change(after)
                                        .filter(found -> found)
                                        .switchIfEmpty(
                                                Mono.error(
                                                        () ->
                                                                ProblemException.unknown(
                                                                        "token", id)))
                                        .then(watch.refresh())
                                        .thenReturn(TokenView.of(after, null)));
    }

    private static AccessToken changed(AccessToken before, TokenRequest wanted, Instant now) {
        if (wanted.role() != null && wanted.role() != before.role()) {
            throw ProblemException.refused(
                    new Violation(
                            "role",
                            wanted.role().name(),
                            "cannot be changed, make another: this one is " + before.role()));
        }
        boolean asBefore =
                wanted.expiresAt() == null || wanted.expiresAt().equals(before.expiresAt());
        return new AccessToken(
                before.id(),
                before.account(),
                name(wanted),
                before.role(),
                before.createdAt(),
                asBefore ? before.expiresAt() : expires(wanted, now),
                before.lastUsedAt());
    }

    /**
     * Its own, or anybody's for an admin; 404 else. A token that is less than an admin's takes back
     * none but itself: 403.
     */
    public Mono<Void> delete(Caller caller, String id) {
        String shown = caller.tokenId();
        boolean others = shown != null && !shown.equals(id) && caller.role() != AccessRole.ADMIN;
        return find(caller, id)
                .filter(_ -> !others)
                .switchIfEmpty(
                        Mono.error(() -> forbidden("a token takes back no other token: log in")))
                .flatMap(_ -> tokens.delete(id))
                .filter(deleted -> deleted)
                .switchIfEmpty(Mono.error(() -> ProblemException.unknown("token", id)))
                .then(watch.refresh());
    }

    private static ProblemException forbidden(String why) {
        return new ProblemException(HttpStatus.FORBIDDEN, why);
    }

    private static String name(TokenRequest wanted) {
        String name = wanted.name() == null ? "" : wanted.name().strip();
        if (name.isEmpty() || name.length() > LONGEST_NAME || CameraCheck.anyUnprintable(name)) {
            throw ProblemException.refused(
                    new Violation(
                            "name",
                            null,
                            "1 to " + LONGEST_NAME + " characters, none of them a control"));
        }
        return name;
    }

    private static AccessRole role(Caller caller, TokenRequest wanted) {
        AccessRole role = wanted.role() == null ? caller.role() : wanted.role();
        boolean kinds = (role == AccessRole.RECIPIENT) == (caller.role() == AccessRole.RECIPIENT);
        if (!kinds || role.within(caller.role()) != role) {
            throw ProblemException.refused(
                    new Violation("role", role.name(), "is more than the caller's own"));
        }
        return role;
    }

    private static Instant expires(TokenRequest wanted, Instant now) {
        Instant latest = now.plus(LONGEST);
        Instant expires = wanted.expiresAt() == null ? latest : wanted.expiresAt();
        if (!expires.isAfter(now) || expires.isAfter(latest)) {
            throw ProblemException.refused(
                    new Violation(
                            "expiresAt",
                            expires.toString(),
                            "in the future, at most " + LONGEST.toDays() + " days ahead"));
        }
        return expires;
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
