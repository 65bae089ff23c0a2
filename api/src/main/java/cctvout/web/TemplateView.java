package cctvout.web;

import cctvout.recipient.Language;
import cctvout.template.ChangedTemplate;
import cctvout.template.MessageKind;
import cctvout.template.Template;

import com.fasterxml.jackson.annotation.JsonProperty;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/**
 * A text as REST shows it.
 *
 * @param builtIn nobody changed it
 * @param placeholders what it may name
 */
record TemplateView(
        MessageKind event,
        Language language,
        String subject,
        String body,
        @JsonProperty("short") String brief,
        boolean builtIn,
        @Nullable Instant changedAt,
        @Nullable String changedBy,
        List<String> placeholders) {

    static TemplateView builtIn(MessageKind kind, Language language, Template template) {
        return of(kind, language, template, null);
    }

    static TemplateView of(ChangedTemplate changed) {
        return of(changed.kind(), changed.language(), changed.template(), changed);
    }

    private static TemplateView of(
            MessageKind kind,
            Language language,
            Template template,
            @Nullable ChangedTemplate changed) {
        return new TemplateView(
                kind,
                language,
                template.subject(),
                template.body(),
                template.brief(),
                changed == null,
                changed == null ? null : changed.changedAt(),
                changed == null ? null : changed.changedBy(),
                kind.placeholders());
    }
}
