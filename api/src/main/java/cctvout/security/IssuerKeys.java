package cctvout.security;

import cctvout.network.DocumentFetch;
import cctvout.network.FetchException;
import cctvout.problem.ProblemException;

import com.nimbusds.jose.jwk.JWKSet;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import reactor.core.publisher.Mono;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;

/**
 * The issuer's public keys, kept. They are asked for by one request at a time, when they are old or
 * a token names one that is not among them, and not more often than a setting says: whoever makes
 * up key names costs the issuer nothing.
 */
final class IssuerKeys {

    private static final Logger log = LoggerFactory.getLogger(IssuerKeys.class);
    private static final String DISCOVERY = "/.well-known/openid-configuration";

    private record Known(JWKSet keys, Instant at) {}

    private final OidcSettings settings;
    private final String issuer;
    private final DocumentFetch fetch;
    private final JsonMapper json;
    private final Clock clock;
    private @Nullable Known known;
    private @Nullable Instant asked;
    private @Nullable Mono<Known> asking;

    IssuerKeys(
            OidcSettings settings,
            String issuer,
            DocumentFetch fetch,
            JsonMapper json,
            Clock clock) {
        this.settings = settings;
        this.issuer = issuer;
        this.fetch = fetch;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Lazy; one set, which may lack the key that was asked for. Errors with a problem, 503, where
     * there are none and the issuer does not answer.
     *
     * @param kid of the key that a token was signed with; null where it does not say
     */
    Mono<JWKSet> keys(@Nullable String kid) {
        return Mono.defer(
                () -> {
                    Instant now = clock.instant();
                    Known kept = kept(now);
                    boolean fresh =
                            kept != null && now.isBefore(kept.at().plus(settings.keysFor()));
                    boolean has =
                            kept != null && (kid == null || kept.keys().getKeyByKeyId(kid) != null);
                    if (kept != null && fresh && has) {
                        return Mono.just(kept.keys());
                    }
                    Mono<Known> newer = asked(now);
                    if (newer == null) {
                        return kept == null ? Mono.error(away()) : Mono.just(kept.keys());
                    }
                    return newer.map(Known::keys)
                            .onErrorResume(
                                    FetchException.class,
                                    _ ->
                                            kept == null
                                                    ? Mono.error(away())
                                                    : Mono.just(kept.keys()));
                });
    }

    private static ProblemException away() {
        return ProblemException.unavailable(
                "the keys of cctvout.security.oidc.issuer cannot be read, try again");
    }

    private synchronized @Nullable Known kept(Instant now) {
        Known all = known;
        return all != null && now.isBefore(all.at().plus(settings.keysAtMost())) ? all : null;
    }

    /** Null where it was asked a moment ago. */
    private synchronized @Nullable Mono<Known> asked(Instant now) {
        if (asking != null) {
            return asking;
        }
        if (asked != null && now.isBefore(asked.plus(settings.keysRetry()))) {
            return null;
        }
        asked = now;
        asking =
                where().flatMap(fetch::get)
                        .handle(
                                (byte[] body,
                                        reactor.core.publisher.SynchronousSink<Known> sink) -> {
                                    try {
                                        String text = new String(body, StandardCharsets.UTF_8);
                                        sink.next(new Known(JWKSet.parse(text), clock.instant()));
                                    } catch (ParseException notKeys) {
                                        sink.error(new FetchException("answered with no key set"));
                                    }
                                })
                        .doOnNext(this::took)
                        .doOnError(this::failed)
                        .cache();
        return asking;
    }

    private synchronized void took(Known newer) {
        known = newer;
        asking = null;
    }

    private synchronized void failed(Throwable why) {
        asking = null;
        log.warn("The keys of {} cannot be read: {}", issuer, why.getMessage());
    }

    private Mono<URI> where() {
        URI named = settings.jwkSetUri();
        if (named != null) {
            return Mono.just(named);
        }
        String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        return Mono.defer(() -> fetch.get(URI.create(base + DISCOVERY)))
                .handle(
                        (body, sink) -> {
                            URI found = discovered(body);
                            if (found == null) {
                                sink.error(
                                        new FetchException(
                                                "its discovery document names no keys of its own"));
                            } else {
                                sink.next(found);
                            }
                        });
    }

    /** OpenID Connect Discovery 1.0, section 4.3: the issuer must be the one that was asked. */
    private @Nullable URI discovered(byte[] body) {
        try {
            JsonNode document = json.readTree(body);
            String uri = document.path("jwks_uri").stringValue("");
            return issuer.equals(document.path("issuer").stringValue(""))
                            && uri.matches("https?://[^@\\s]+")
                    ? URI.create(uri)
                    : null;
        } catch (JacksonException | IllegalArgumentException notADocument) {
            return null;
        }
    }
}
