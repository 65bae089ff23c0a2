package cctvout.policy;

import cctvout.recipient.Chosen;
import cctvout.recipient.RecipientChannel;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Map;

/**
 * Somebody who is to be told, and how.
 *
 * @param channels theirs that are used, by key
 * @param heldUntil not before; null: at once
 */
public record Told(
        Chosen chosen, Map<String, RecipientChannel> channels, @Nullable Instant heldUntil) {}
