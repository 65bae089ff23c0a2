package cctvout.template;

import cctvout.recipient.Language;

/** The templates in force. */
public interface TemplateSource {
    /** Any thread, at once. */
    Template of(MessageKind kind, Language language);
}
