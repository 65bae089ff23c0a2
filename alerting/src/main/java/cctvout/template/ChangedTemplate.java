package cctvout.template;

import cctvout.recipient.Language;

import java.time.Instant;

/**
 * A text that an operator has put in place of the built-in one.
 *
 * @param changedBy a user's name
 */
public record ChangedTemplate(
        MessageKind kind,
        Language language,
        Template template,
        Instant changedAt,
        String changedBy) {}
