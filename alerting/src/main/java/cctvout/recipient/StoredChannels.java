package cctvout.recipient;

import cctvout.rows.Rows;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.type.TypeReference;

import java.util.List;

/** Channels with their secrets, as the database keeps them. */
final class StoredChannels {

    private static final TypeReference<List<Stored>> LIST = new TypeReference<>() {};

    /** The only form that holds a secret in clear: never leaves this package. */
    record Stored(
            String type, @Nullable String url, @Nullable String secret, @Nullable String to) {}

    private StoredChannels() {}

    static String write(List<RecipientChannel> channels) {
        return Rows.json(channels.stream().map(StoredChannels::stored).toList());
    }

    static List<RecipientChannel> read(String json) {
        return Rows.read(json, LIST).stream().map(StoredChannels::channel).toList();
    }

    private static Stored stored(RecipientChannel channel) {
        return switch (channel) {
            case RecipientChannel.Webhook(var url, var secret) ->
                    new Stored("webhook", url, reveal(secret), null);
            case RecipientChannel.Slack(var url) -> new Stored("slack", reveal(url), null, null);
            case RecipientChannel.Email(var to) -> new Stored("email", null, null, to);
            case RecipientChannel.Sms(var to) -> new Stored("sms", null, null, to);
            case RecipientChannel.Kakao(var to) -> new Stored("kakao", null, null, to);
            case RecipientChannel.Inbox() -> new Stored("inbox", null, null, null);
        };
    }

    private static RecipientChannel channel(Stored stored) {
        return switch (stored.type()) {
            case "webhook" -> new RecipientChannel.Webhook(stored.url(), secret(stored.secret()));
            case "slack" -> new RecipientChannel.Slack(secret(stored.url()));
            case "email" -> new RecipientChannel.Email(stored.to());
            case "sms" -> new RecipientChannel.Sms(stored.to());
            case "kakao" -> new RecipientChannel.Kakao(stored.to());
            default -> new RecipientChannel.Inbox();
        };
    }

    private static @Nullable String reveal(@Nullable Secret secret) {
        return secret == null ? null : secret.reveal();
    }

    private static @Nullable Secret secret(@Nullable String value) {
        return value == null ? null : new Secret(value);
    }
}
