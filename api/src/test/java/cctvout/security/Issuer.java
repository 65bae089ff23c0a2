package cctvout.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;

import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** An identity provider on loopback, with keys of its own. */
final class Issuer implements AutoCloseable {

    /** Of all of them: a key takes long to make. */
    private static final RSAKey FIRST = key("k1");

    static final String AUDIENCE = "cctv-out";

    final AtomicInteger keysAsked = new AtomicInteger();
    private volatile RSAKey key = FIRST;
    private volatile String discovered = "";
    private final DisposableServer server;

    Issuer() {
        server =
                HttpServer.create()
                        .host("127.0.0.1")
                        .port(0)
                        .route(
                                routes ->
                                        routes.get(
                                                        "/.well-known/openid-configuration",
                                                        (_, out) ->
                                                                out.sendString(
                                                                        Mono.fromSupplier(
                                                                                this::document)))
                                                .get(
                                                        "/keys",
                                                        (_, out) ->
                                                                out.sendString(
                                                                        Mono.fromSupplier(
                                                                                this::keys))))
                        .bindNow(Duration.ofSeconds(30));
    }

    String url() {
        return "http://127.0.0.1:" + server.port();
    }

    RSAKey key() {
        return key;
    }

    /** From now on it signs with another key, and names no other. */
    void turnsToKey(String id) {
        key = key(id);
    }

    /** Says of itself that it is somebody else. */
    void poses(String as) {
        discovered = as;
    }

    static RSAKey key(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    JWTClaimsSet.Builder claims(String... roles) {
        Instant now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer(url())
                .audience(AUDIENCE)
                .subject("4711")
                .claim("preferred_username", "jane")
                .claim("roles", List.of(roles))
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(300)));
    }

    String token(String... roles) {
        return sign(claims(roles).build(), key, JWSAlgorithm.RS256);
    }

    static String sign(JWTClaimsSet claims, RSAKey with, JWSAlgorithm algorithm) {
        try {
            var token =
                    new SignedJWT(
                            new JWSHeader.Builder(algorithm).keyID(with.getKeyID()).build(),
                            claims);
            token.sign(new RSASSASigner(with));
            return token.serialize();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private String document() {
        String issuer = discovered.isEmpty() ? url() : discovered;
        return "{\"issuer\":\"" + issuer + "\",\"jwks_uri\":\"" + url() + "/keys\"}";
    }

    private String keys() {
        keysAsked.incrementAndGet();
        return new JWKSet(key.toPublicJWK()).toString();
    }

    @Override
    public void close() {
        server.disposeNow(Duration.ofSeconds(30));
    }
}
