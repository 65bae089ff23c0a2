package cctvout.notification;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What channels need that a recipient's address does not say, and the heartbeat. Each is there
 * where it is set; what it holds is never shown.
 *
 * @param email a mail server
 * @param sms a gateway
 * @param kakao a gateway
 * @param heartbeat who is told again and again that we live
 */
@ConfigurationProperties("cctvout.notification")
public record ChannelSettings(
        @Nullable Email email,
        @Nullable Gateway sms,
        @Nullable Gateway kakao,
        @Nullable Heartbeat heartbeat) {

    public static final ChannelSettings NONE = new ChannelSettings(null, null, null, null);

    /** How the connection to a mail server is secured. */
    public enum Tls {
        NONE,
        STARTTLS,
        TLS
    }

    /**
     * @param host of the mail server
     * @param port of the mail server, 1 to 65,535
     * @param username where it asks for one
     * @param password where it asks for one; a secret
     * @param from the sender's address
     * @param tls {@code starttls}, {@code tls} from the first byte, or {@code none}
     * @param parallelism mails at once, 1 to 64; so many threads at most
     * @param queue mails that wait for a thread, 1 to 10000
     */
    public record Email(
            @DefaultValue("") String host,
            @DefaultValue("587") int port,
            @Nullable String username,
            @Nullable String password,
            @DefaultValue("") String from,
            @DefaultValue("starttls") Tls tls,
            @DefaultValue("4") int parallelism,
            @DefaultValue("200") int queue) {

        public Email {
            if (host.isBlank()) {
                throw bad("email.host", "is missing");
            }
            check("email.port", port, 65_535);
            check("email.parallelism", parallelism, 64);
            check("email.queue", queue, 10_000);
            if (from.isBlank() || from.chars().anyMatch(Character::isISOControl)) {
                throw bad("email.from", "is no address");
            }
        }

        @Override
        public String toString() {
            return "Email[" + host + ":" + port + "]";
        }
    }

    /**
     * A request for each message. In {@code url}, {@code body} and the headers' values {@code
     * {to}}, {@code {text}}, {@code {id}} and {@code {event}} stand for the message's; they are
     * escaped as the place demands.
     *
     * @param url its host is fixed
     * @param method {@code GET}, {@code POST} or {@code PUT}
     * @param contentType of the body: JSON, a form, or plain text, in the charset that it names,
     *     such as {@code ; charset=euc-kr}
     * @param headers of the request, such as a gateway's key; secrets
     * @param body of the request
     * @param accepted a regular expression that the beginning of an answer with status 2xx has to
     *     hold, for gateways that say there whether they took it; null where the status is enough
     * @param refused one that it may not hold
     */
    public record Gateway(
            @DefaultValue("") String url,
            @DefaultValue("POST") String method,
            @DefaultValue("application/json") String contentType,
            @Nullable Map<String, String> headers,
            @DefaultValue("{\"to\":\"{to}\",\"text\":\"{text}\",\"id\":\"{id}\"}") String body,
            @Nullable String accepted,
            @DefaultValue(Gateway.SAYS_NO) String refused) {

        public static final String SAYS_NO = "\"(success|ok)\"\\s*:\\s*false";

        private static final Set<String> METHODS = Set.of("GET", "POST", "PUT");

        public Gateway {
            method = method.toUpperCase(Locale.ROOT);
            headers = headers == null ? Map.of() : new TreeMap<>(headers);
            if (!METHODS.contains(method)) {
                throw bad("*.method", "is none of " + METHODS);
            }
            String authority = url.replaceFirst("^https?://", "").replaceFirst("[/?#].*$", "");
            if (!url.matches("https?://.*")
                    || authority.contains("{")
                    || authority.contains("@")
                    || URI.create(url.replaceAll("\\{\\w+}", "x")).getHost() == null) {
                throw bad("*.url", "is no http or https URL with a fixed host");
            }
            if (!contentType.matches("[\\w.+/-]+(; ?charset=[\\w-]+)?")) {
                throw bad("*.content-type", "is none");
            }
            charset(contentType);
            checkPattern("*.accepted", accepted);
            checkPattern("*.refused", refused);
            for (Map.Entry<String, String> header : headers.entrySet()) {
                if (!header.getKey().matches("[\\w-]+")
                        || header.getValue().chars().anyMatch(Character::isISOControl)) {
                    throw bad("*.headers", "hold what is no header");
                }
            }
        }

        /** Of the message in the body and in the URL; UTF-8 where the content type names none. */
        Charset charset() {
            return charset(contentType);
        }

        private static Charset charset(String contentType) {
            String name = contentType.replaceFirst("^[^;]*(; ?charset=)?", "");
            try {
                // as all who say euc-kr mean it: with every syllable
                return name.isEmpty()
                        ? StandardCharsets.UTF_8
                        : Charset.forName(name.equalsIgnoreCase("euc-kr") ? "x-windows-949" : name);
            } catch (IllegalArgumentException unknown) {
                throw bad("*.content-type", "names a charset that is not known");
            }
        }

        @Override
        public String toString() {
            return "Gateway[" + method + "]";
        }
    }

    /**
     * @param url a POST of JSON at each interval
     * @param interval 1 s to 1 h
     */
    public record Heartbeat(@DefaultValue("") String url, @DefaultValue("1m") Duration interval) {
        public Heartbeat {
            if (interval.compareTo(Duration.ofSeconds(1)) < 0
                    || interval.compareTo(Duration.ofHours(1)) > 0) {
                throw bad("heartbeat.interval", "is not between 1 s and 1 h");
            }
            if (!url.matches("https?://[^@]+")) {
                throw bad("heartbeat.url", "is no http or https URL");
            }
        }

        @Override
        public String toString() {
            return "Heartbeat[every " + interval + "]";
        }
    }

    /** Types of channels that lack a setting, and which. */
    public Map<String, String> missing() {
        Map<String, String> missing = new TreeMap<>();
        if (email == null) {
            missing.put("email", "cctvout.notification.email.host");
        }
        if (sms == null) {
            missing.put("sms", "cctvout.notification.sms.url");
        }
        if (kakao == null) {
            missing.put("kakao", "cctvout.notification.kakao.url");
        }
        return missing;
    }

    private static void checkPattern(String name, @Nullable String pattern) {
        try {
            Pattern.compile(pattern == null ? "" : pattern);
        } catch (PatternSyntaxException none) {
            throw bad(name, "is no regular expression");
        }
    }

    private static void check(String name, int value, int most) {
        if (value < 1 || value > most) {
            throw bad(name, "is not between 1 and " + most);
        }
    }

    /** Never says the value: it may be a secret. */
    private static IllegalArgumentException bad(String name, String what) {
        return new IllegalArgumentException("cctvout.notification." + name + " " + what);
    }
}
