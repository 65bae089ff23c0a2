package cctvout.security;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * Who may ask.
 *
 * @param enabled false opens everything to everybody
 * @param adminPassword of the user {@code admin}, at most 72 bytes (what bcrypt reads); generated
 *     at the first start where none is given
 * @param openMetrics true shows {@code /actuator/prometheus} without credentials
 * @param failedLogins wrong passwords a user and address may give a window; past it 429
 * @param failedLoginsWindow how long they count, from the first
 * @param rememberedLogins failed and verified logins kept in memory, each; past it the oldest go
 * @param verifiedFor how long a verified password is not hashed again
 * @param passwordThreads passwords hashed at a time
 * @param passwordQueue passwords that may wait to be hashed; past it 503
 * @param revocationCheck how often accounts and tokens are read again: what was taken back in
 *     another process ends here within it, streams too
 * @param maxAccounts accounts there may be
 * @param maxTokens tokens an account may have
 * @param auditBuffer audit entries that may wait for the database
 * @param auditKeep how long they are kept
 * @param requestsPerSecond of one caller from one address, on average
 * @param requestBurst above it at a time; past it 429
 * @param sessionIdle how long a page that asks for nothing stays signed in
 * @param sessionLife how long it stays signed in at most
 * @param maxSessions pages an account may be signed in with; past it the longest unused go
 * @param allowedOrigins other sites whose pages may use the REST interface, such as {@code
 *     https://desk.example}; none where none is named
 */
@ConfigurationProperties("cctvout.security")
record SecuritySettings(
        @DefaultValue("true") boolean enabled,
        @Nullable String adminPassword,
        @DefaultValue("false") boolean openMetrics,
        @DefaultValue("10") int failedLogins,
        @DefaultValue("1m") Duration failedLoginsWindow,
        @DefaultValue("10000") int rememberedLogins,
        @DefaultValue("1m") Duration verifiedFor,
        @DefaultValue("2") int passwordThreads,
        @DefaultValue("200") int passwordQueue,
        @DefaultValue("2s") Duration revocationCheck,
        @DefaultValue("1000") int maxAccounts,
        @DefaultValue("20") int maxTokens,
        @DefaultValue("10000") int auditBuffer,
        @DefaultValue("365d") Duration auditKeep,
        @DefaultValue("200") int requestsPerSecond,
        @DefaultValue("1000") int requestBurst,
        @DefaultValue("12h") Duration sessionIdle,
        @DefaultValue("30d") Duration sessionLife,
        @DefaultValue("200") int maxSessions,
        @DefaultValue List<String> allowedOrigins) {

    static final int MAX_PASSWORD_BYTES = 72;

    SecuritySettings {
        if (adminPassword != null && adminPassword.isBlank()) {
            adminPassword = null;
        }
        if (adminPassword != null
                && adminPassword.getBytes(StandardCharsets.UTF_8).length > MAX_PASSWORD_BYTES) {
            throw new IllegalArgumentException(
                    "cctvout.security.admin-password: at most " + MAX_PASSWORD_BYTES + " bytes");
        }
        positive("failed-logins", failedLogins);
        positive("remembered-logins", rememberedLogins);
        positive("password-threads", passwordThreads);
        positive("password-queue", passwordQueue);
        positive("max-accounts", maxAccounts);
        positive("max-tokens", maxTokens);
        positive("audit-buffer", auditBuffer);
        positive("requests-per-second", requestsPerSecond);
        positive("request-burst", requestBurst);
        positive("max-sessions", maxSessions);
        if (allowedOrigins.contains("*")) {
            throw new IllegalArgumentException(
                    "cctvout.security.allowed-origins: sites by name, not *");
        }
        if (!sessionIdle.isPositive() || sessionLife.compareTo(sessionIdle) < 0) {
            throw new IllegalArgumentException(
                    "cctvout.security.session-idle: above zero, and session-life no shorter");
        }
        if (!revocationCheck.isPositive() || !auditKeep.isPositive()) {
            throw new IllegalArgumentException(
                    "cctvout.security.revocation-check and audit-keep: above zero");
        }
    }

    private static void positive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(
                    "cctvout.security." + name + ": at least 1, not " + value);
        }
    }

    /** Without the password: settings end up in logs. */
    @Override
    public String toString() {
        return "SecuritySettings[enabled=" + enabled + "]";
    }
}
