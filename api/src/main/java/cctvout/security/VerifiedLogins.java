package cctvout.security;

import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Passwords that were right a moment ago, so that a client that sends its own with each request
 * does not cost a slow hash each time. Kept as a keyed digest under a key of this process.
 */
final class VerifiedLogins {

    private record Verified(Authentication login, Instant until) {}

    private final SecretKeySpec key;
    private final Duration kept;
    private final Map<String, Verified> logins;

    VerifiedLogins(Duration kept, int limit) {
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        this.key = new SecretKeySpec(secret, "HmacSHA256");
        this.kept = kept;
        this.logins =
                new LinkedHashMap<>() {
                    @Override
                    protected boolean removeEldestEntry(Map.Entry<String, Verified> eldest) {
                        return size() > limit;
                    }
                };
    }

    String digest(String name, String password) {
        try {
            Mac mac = Mac.getInstance(key.getAlgorithm());
            mac.init(key);
            mac.update(name.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return Base64.getEncoder()
                    .encodeToString(mac.doFinal(password.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    synchronized @Nullable Authentication find(String digest, Instant now) {
        Verified verified = logins.get(digest);
        return verified != null && now.isBefore(verified.until()) ? verified.login() : null;
    }

    synchronized void keep(String digest, Authentication login, Instant now) {
        logins.remove(digest);
        logins.put(digest, new Verified(login, now.plus(kept)));
    }
}
