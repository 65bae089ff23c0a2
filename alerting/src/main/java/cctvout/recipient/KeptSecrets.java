package cctvout.recipient;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * A recipient written back without its secrets keeps those it had: a webhook that of its URL, also
 * where one before it in the list is gone by now, else that of its place.
 */
final class KeptSecrets {

    private KeptSecrets() {}

    static List<RecipientChannel> of(Recipient given, Recipient stored) {
        Map<String, RecipientChannel> before = stored.channelsByKey();
        return given.channelsByKey().entrySet().stream()
                .map(
                        entry ->
                                keep(
                                        entry.getValue(),
                                        before(entry.getKey(), entry.getValue(), before)))
                .toList();
    }

    private static @Nullable RecipientChannel before(
            String key, RecipientChannel given, Map<String, RecipientChannel> stored) {
        RecipientChannel there = stored.get(key);
        return isSameHook(given, there)
                ? there
                : stored.values().stream()
                        .filter(one -> isSameHook(given, one))
                        .findFirst()
                        .orElse(there);
    }

    private static boolean isSameHook(RecipientChannel given, @Nullable RecipientChannel stored) {
        return given instanceof RecipientChannel.Webhook hook
                && stored instanceof RecipientChannel.Webhook was
                && Objects.equals(hook.url(), was.url());
    }

    private static RecipientChannel keep(
            RecipientChannel given, @Nullable RecipientChannel before) {
        return switch (given) {
            case RecipientChannel.Webhook webhook ->
                    new RecipientChannel.Webhook(
                            webhook.url(),
                            keep(
                                    webhook.secret(),
                                    before,
                                    old ->
                                            old instanceof RecipientChannel.Webhook was
                                                    ? was.secret()
                                                    : null));
            case RecipientChannel.Slack slack ->
                    new RecipientChannel.Slack(
                            keep(
                                    slack.url(),
                                    before,
                                    old ->
                                            old instanceof RecipientChannel.Slack was
                                                    ? was.url()
                                                    : null));
            default -> given;
        };
    }

    private static @Nullable Secret keep(
            @Nullable Secret given,
            @Nullable RecipientChannel before,
            Function<RecipientChannel, @Nullable Secret> secretOf) {
        if (given != null && !given.isMask()) {
            return given;
        }
        return before == null ? null : secretOf.apply(before);
    }
}
