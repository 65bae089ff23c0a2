package cctvout.recipient;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.recipient.RecipientChannel.Webhook;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;

/** Secrets of channels that are written back masked. */
class KeptSecretsTest {

    private static final Webhook DESK = hook("https://desk.example/a", "desk's");
    private static final Webhook VENDOR = hook("https://vendor.example/b", "vendor's");

    @Test
    void aWebhookKeepsItsOwnWhereTheOneBeforeItIsGone() {
        assertThat(KeptSecrets.of(with(masked(VENDOR)), with(DESK, VENDOR)))
                .containsExactly(VENDOR);
        assertThat(KeptSecrets.of(with(masked(VENDOR), masked(DESK)), with(DESK, VENDOR)))
                .containsExactly(VENDOR, DESK);
    }

    @Test
    void oneThatMovedKeepsThatOfItsPlace() {
        Webhook moved = hook("https://desk.example/new", Secret.MASK);
        assertThat(KeptSecrets.of(with(moved, masked(VENDOR)), with(DESK, VENDOR)))
                .containsExactly(hook("https://desk.example/new", "desk's"), VENDOR);
    }

    @Test
    void twoOfOneAddressKeepThoseOfTheirPlaces() {
        Webhook again = hook(DESK.url(), "another");
        assertThat(KeptSecrets.of(with(masked(DESK), masked(again)), with(DESK, again)))
                .containsExactly(DESK, again);
    }

    private static Webhook hook(@Nullable String url, String secret) {
        return new Webhook(url, new Secret(secret));
    }

    private static Webhook masked(Webhook hook) {
        return hook(hook.url(), Secret.MASK);
    }

    private static Recipient with(RecipientChannel... channels) {
        return new Recipient(
                "r",
                "R",
                RecipientRole.CONTROL_ROOM,
                Language.KO,
                List.of(),
                List.of(),
                List.of(),
                Arrays.asList(channels),
                true,
                1);
    }
}
