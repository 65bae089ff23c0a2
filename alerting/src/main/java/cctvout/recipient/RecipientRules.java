package cctvout.recipient;

import cctvout.camera.CameraCheck;
import cctvout.network.AllowedNetworks;
import cctvout.record.InvalidRecordException;
import cctvout.record.RecordId;
import cctvout.record.Violation;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** What a recipient must be, checked when it is written. */
public final class RecipientRules {

    public static final int MAX_NAME = 200;
    public static final int MAX_LIST = 1000;
    public static final int MAX_CHANNELS = 10;
    public static final int MAX_TEXT = 2000;

    /** The control room that is always there; nobody else may take its id. */
    public static final String BUILT_IN = "control-room";

    private static final String ATOM = "[\\w!#$%&'*+/=?^`{|}~-]+";
    private static final String LABEL = "[\\p{L}\\p{N}][\\p{L}\\p{N}-]{0,62}(?<!-)";
    // RFC 5321, section 4.1.2; no quoted names, no addresses of hosts
    private static final Pattern MAIL =
            Pattern.compile(
                    "(?=.{1,64}@.{1,255}$)%1$s(\\.%1$s)*@%2$s(\\.%2$s)*".formatted(ATOM, LABEL));
    private static final Pattern NUMBER = Pattern.compile("\\+?[0-9][0-9 ()-]{2,29}");

    private final AllowedNetworks networks;
    private final Map<String, String> missing;

    /**
     * @param missing types of channels that lack a setting, and which
     */
    public RecipientRules(AllowedNetworks networks, Map<String, String> missing) {
        this.networks = networks;
        this.missing = Map.copyOf(missing);
    }

    /**
     * @throws InvalidRecordException with all that is wrong
     */
    public void check(Recipient recipient) {
        List<Violation> problems = new ArrayList<>();
        if (!RecordId.isValid(recipient.id())) {
            problems.add(violation("id", RecordId.FORM));
        } else if (recipient.id().equals(BUILT_IN)) {
            problems.add(violation("id", BUILT_IN + " is the built-in control room"));
        }
        text("name", recipient.name(), MAX_NAME, problems);
        list("lines", recipient.lines(), problems);
        list("vendors", recipient.vendors(), problems);
        list("districts", recipient.districts(), problems);
        if (recipient.channels().size() > MAX_CHANNELS) {
            problems.add(violation("channels", "more than " + MAX_CHANNELS));
        }
        for (int i = 0; i < recipient.channels().size(); i++) {
            channel("channels[" + i + "]", recipient.channels().get(i), problems);
        }
        if (!problems.isEmpty()) {
            throw new InvalidRecordException(problems);
        }
    }

    private void channel(String field, RecipientChannel channel, List<Violation> problems) {
        switch (channel) {
            case RecipientChannel.Webhook webhook -> {
                url(field + ".url", webhook.url(), problems);
                secret(field + ".secret", webhook.secret(), problems);
            }
            case RecipientChannel.Slack slack ->
                    url(
                            field + ".url",
                            slack.url() == null ? null : slack.url().reveal(),
                            problems);
            case RecipientChannel.Inbox _ -> {}
            case RecipientChannel.Email(var to) -> to(field, channel, to, MAIL, problems);
            case RecipientChannel.Sms(var to) -> to(field, channel, to, NUMBER, problems);
            case RecipientChannel.Kakao(var to) -> to(field, channel, to, NUMBER, problems);
        }
    }

    private void to(
            String field,
            RecipientChannel channel,
            @Nullable String to,
            Pattern form,
            List<Violation> problems) {
        String setting = missing.get(channel.type());
        if (setting != null) {
            problems.add(
                    violation(
                            field + ".type",
                            channel.type()
                                    + " is not set up: the setting "
                                    + setting
                                    + " is missing"));
        } else if (to == null || to.isBlank()) {
            problems.add(violation(field + ".to", "is required"));
        } else if (!form.matcher(to).matches()) {
            problems.add(
                    violation(
                            field + ".to",
                            form == MAIL ? "not an e-mail address" : "not a telephone number"));
        }
    }

    private void url(String field, @Nullable String url, List<Violation> problems) {
        if (url == null || url.isBlank()) {
            problems.add(violation(field, "is required"));
            return;
        }
        String wrong = url.length() > MAX_TEXT ? "longer than " + MAX_TEXT : wrongUrl(url);
        if (wrong != null) {
            problems.add(violation(field, wrong));
        }
    }

    /** Never says the URL itself: it may be a secret. */
    private @Nullable String wrongUrl(String url) {
        URI uri;
        try {
            uri = URI.create(url);
        } catch (IllegalArgumentException malformed) {
            return "not a URL";
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            return "http or https only";
        }
        if (uri.getHost() == null) {
            return "has no host";
        }
        if (uri.getRawUserInfo() != null) {
            return "holds a user name or password";
        }
        if (uri.getPort() == 0 || uri.getPort() > 65535) {
            return "port is not between 1 and 65535";
        }
        return wrongHost(uri.getHost());
    }

    private @Nullable String wrongHost(String host) {
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        if (bare.equalsIgnoreCase("localhost")
                || bare.toLowerCase(Locale.ROOT).endsWith(".localhost")) {
            bare = "127.0.0.1";
        }
        InetAddress address;
        try {
            address = InetAddress.ofLiteral(bare);
        } catch (IllegalArgumentException aName) {
            // looked up, and judged, at each connect
            return bare.matches("[0-9.]+|0[xX][0-9a-fA-F.xX]*") ? "not an address" : null;
        }
        return networks.registrable(address)
                ? null
                : "address "
                        + address.getHostAddress()
                        + " is in a special range that cctvout.notification.allowed-networks does"
                        + " not name";
    }

    private static void secret(String field, @Nullable Secret secret, List<Violation> problems) {
        if (secret == null) {
            return;
        }
        String value = secret.reveal();
        if (value.isEmpty() || value.length() > MAX_TEXT) {
            problems.add(violation(field, "1 to " + MAX_TEXT + " characters"));
        } else if (value.startsWith("whsec_")) {
            try {
                if (Base64.getDecoder().decode(value.substring("whsec_".length())).length == 0) {
                    problems.add(violation(field, "nothing after whsec_"));
                }
            } catch (IllegalArgumentException notBase64) {
                problems.add(violation(field, "not Base64 after whsec_"));
            }
        }
    }

    private static void list(String field, List<String> values, List<Violation> problems) {
        if (values.size() > MAX_LIST) {
            problems.add(violation(field, "more than " + MAX_LIST));
        }
        for (int i = 0; i < Math.min(values.size(), MAX_LIST); i++) {
            text(field + "[" + i + "]", values.get(i), MAX_NAME, problems);
        }
    }

    private static Violation violation(String field, String reason) {
        return new Violation(field, null, reason);
    }

    private static void text(String field, String value, int limit, List<Violation> problems) {
        if (value.isBlank() || value.length() > limit) {
            problems.add(violation(field, "1 to " + limit + " characters"));
        } else if (CameraCheck.anyUnprintable(value)) {
            problems.add(violation(field, "no control characters"));
        }
    }
}
