package cctvout.web;

import cctvout.alerting.IssueDesk;
import cctvout.camera.Camera;
import cctvout.camera.CameraId;
import cctvout.camera.CameraRegistry;
import cctvout.issue.Issue;
import cctvout.notification.NoticePreview;
import cctvout.openapi.Takes;
import cctvout.problem.ProblemException;
import cctvout.recipient.Language;
import cctvout.record.Violation;
import cctvout.role.ConditionalOnRole;
import cctvout.role.Role;
import cctvout.template.ChangedTemplate;
import cctvout.template.Message;
import cctvout.template.MessageKind;
import cctvout.template.Template;
import cctvout.template.Templates;

import com.fasterxml.jackson.annotation.JsonProperty;

import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import reactor.core.publisher.Mono;

import tools.jackson.databind.node.ObjectNode;

import java.security.Principal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What notices say: the built-in texts, and those that an operator put in their place. */
@RestController
@RequestMapping("/api/templates")
@ConditionalOnRole(Role.API)
class TemplatesController {

    private static final String NOBODY = "anonymous";

    /** As {@link TemplateView} shows it. */
    private static final Set<String> SHOWN =
            Set.of(
                    "event",
                    "language",
                    "subject",
                    "body",
                    "short",
                    "builtIn",
                    "changedAt",
                    "changedBy",
                    "placeholders");

    private final Templates templates;
    private final NoticePreview preview;
    private final IssueDesk issues;
    private final CameraRegistry cameras;
    private final JsonBodies json;
    private final Clock clock = Clock.systemUTC();

    TemplatesController(
            Templates templates,
            NoticePreview preview,
            IssueDesk issues,
            CameraRegistry cameras,
            JsonBodies json) {
        this.templates = templates;
        this.preview = preview;
        this.issues = issues;
        this.cameras = cameras;
        this.json = json;
    }

    /** Every text in every language. */
    @GetMapping
    Mono<Paging.Listed<TemplateView>> list() {
        return templates.changed().map(changed -> new Paging.Listed<>(all(changed), null));
    }

    private List<TemplateView> all(List<ChangedTemplate> changed) {
        List<TemplateView> all = new ArrayList<>();
        for (MessageKind kind : MessageKind.values()) {
            for (Language language : Language.values()) {
                all.add(view(kind, language, changed));
            }
        }
        return all;
    }

    @GetMapping("/{event}/{language}")
    Mono<TemplateView> read(@PathVariable String event, @PathVariable String language) {
        MessageKind kind = kind(event);
        Language in = language(language);
        return templates.changed().map(changed -> view(kind, in, changed));
    }

    private TemplateView view(MessageKind kind, Language language, List<ChangedTemplate> changed) {
        return changed.stream()
                .filter(one -> one.kind() == kind && one.language() == language)
                .findFirst()
                .map(TemplateView::of)
                .orElseGet(
                        () ->
                                TemplateView.builtIn(
                                        kind, language, templates.builtIn(kind, language)));
    }

    @Takes(Template.class)
    @PutMapping(path = "/{event}/{language}", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<TemplateView> change(
            @PathVariable String event,
            @PathVariable String language,
            @RequestBody(required = false) byte @Nullable [] body,
            @Nullable Principal caller) {
        MessageKind kind = kind(event);
        Language in = language(language);
        ObjectNode wanted = json.object(body);
        String who = caller == null ? NOBODY : caller.getName();
        return templates
                .changed()
                .flatMap(_ -> templates.change(kind, in, template(kind, in, wanted), who))
                .map(TemplateView::of);
    }

    /** Back to the built-in text. */
    @DeleteMapping("/{event}/{language}")
    Mono<ResponseEntity<Void>> reset(@PathVariable String event, @PathVariable String language) {
        return templates
                .reset(kind(event), language(language))
                .map(_ -> ResponseEntity.noContent().build());
    }

    /** A text, and what it is for. */
    record Draft(
            MessageKind event,
            Language language,
            @Nullable String issue,
            @Nullable String subject,
            @Nullable String body,
            @JsonProperty("short") @Nullable String brief) {}

    /**
     * A text that is not stored, with {@code issue}'s data where one is named, else with an
     * example's; what the body does not say is as it is in force.
     */
    @Takes(Draft.class)
    @PostMapping(path = "/preview", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<Message> preview(@RequestBody(required = false) byte @Nullable [] body) {
        ObjectNode asked = json.object(body);
        JsonFields fields = new JsonFields(asked);
        MessageKind kind = kind(fields.text("event"));
        Language language = language(fields.text("language"));
        String issue = fields.text("issue");
        asked.remove("issue");
        if (issue != null && kind.about() != MessageKind.About.ISSUE) {
            throw refused("issue", issue, "a text of " + kind + " is not about an issue");
        }
        return templates
                .changed()
                .map(_ -> template(kind, language, asked))
                .flatMap(
                        wanted ->
                                issue == null
                                        ? Mono.just(
                                                preview.of(kind, language, wanted, clock.instant()))
                                        : preview(kind, language, wanted, issue));
    }

    private Mono<Message> preview(
            MessageKind kind, Language language, Template wanted, String issue) {
        return issues.find(issue)
                .switchIfEmpty(Mono.error(() -> refused("issue", issue, "unknown")))
                .flatMap(
                        found ->
                                camera(found)
                                        .map(
                                                camera ->
                                                        preview.of(
                                                                kind,
                                                                language,
                                                                wanted,
                                                                found,
                                                                camera,
                                                                clock.instant())));
    }

    private Mono<Camera> camera(Issue issue) {
        CameraId id = issue.cameraId();
        return cameras.find(id)
                .switchIfEmpty(
                        Mono.error(
                                () ->
                                        refused(
                                                "issue",
                                                issue.id(),
                                                "its camera " + id + " was removed")));
    }

    private Template template(MessageKind kind, Language language, ObjectNode body) {
        JsonFields fields = new JsonFields(body);
        fields.only(SHOWN);
        Template now = templates.of(kind, language);
        String subject = body.has("subject") ? fields.text("subject") : now.subject();
        String text = body.has("body") ? fields.text("body") : now.body();
        String brief = body.has("short") ? fields.text("short") : now.brief();
        List<Violation> wrong = new ArrayList<>(fields.violations());
        if (wrong.isEmpty()) {
            wrong.addAll(Template.violations(kind, subject, text, brief));
        }
        if (!wrong.isEmpty() || subject == null || text == null || brief == null) {
            throw ProblemException.refused(wrong);
        }
        return new Template(subject, text, brief);
    }

    private static MessageKind kind(@Nullable String name) {
        for (MessageKind kind : MessageKind.values()) {
            if (kind.name().equals(name)) {
                return kind;
            }
        }
        throw refused("event", name, "one of " + List.of(MessageKind.values()));
    }

    private static Language language(@Nullable String name) {
        for (Language language : Language.values()) {
            if (language.locale().getLanguage().equals(name)) {
                return language;
            }
        }
        throw refused("language", name, "ko or en");
    }

    private static ProblemException refused(String field, @Nullable String value, String reason) {
        return ProblemException.refused(new Violation(field, value, reason));
    }
}
