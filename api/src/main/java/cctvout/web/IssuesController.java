package cctvout.web;

import cctvout.alerting.IssueDesk;
import cctvout.issue.Comment;
import cctvout.issue.Issue;
import cctvout.issue.IssueKind;
import cctvout.issue.IssuePatch;
import cctvout.issue.IssueQuery;
import cctvout.issue.IssueStatus;
import cctvout.issue.Issues;
import cctvout.openapi.Takes;
import cctvout.problem.ProblemException;
import cctvout.role.ConditionalOnRole;
import cctvout.role.Role;
import cctvout.security.Caller;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import reactor.core.publisher.Mono;

import tools.jackson.databind.node.ObjectNode;

import java.lang.reflect.RecordComponent;
import java.security.Principal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The work that faults make. */
@RestController
@RequestMapping("/api/issues")
@ConditionalOnRole(Role.API)
class IssuesController {

    private static final String NOBODY = "anonymous";

    /** What is shown of an issue and nobody sets: passed over in what is sent back. */
    private static final Set<String> SHOWN = shown();

    private final IssueDesk desk;
    private final JsonBodies json;

    IssuesController(IssueDesk desk, JsonBodies json) {
        this.desk = desk;
        this.json = json;
    }

    /** Newest first; for a recipient's account those that it was told of. */
    @GetMapping
    Mono<Issues.Page> list(
            @RequestParam(required = false) @Nullable IssueStatus status,
            @RequestParam(required = false) @Nullable IssueKind kind,
            @RequestParam(required = false) @Nullable String camera,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor,
            @Nullable Principal caller) {
        int most = Paging.limit(limit);
        String own = Caller.limitedTo(caller);
        return desk.search(
                Paging.query(() -> new IssueQuery(status, kind, camera, own, most, cursor)));
    }

    @GetMapping("/{id}")
    Mono<ResponseEntity<Issue>> read(@PathVariable String id, @Nullable Principal caller) {
        return desk.find(id)
                .switchIfEmpty(unknown(id))
                .flatMap(issue -> answer(HttpStatus.OK, issue, caller));
    }

    @Takes(IssuePatch.class)
    @PatchMapping(
            path = "/{id}",
            consumes = {MediaType.APPLICATION_JSON_VALUE, RecordController.MERGE_PATCH})
    Mono<ResponseEntity<Issue>> patch(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody(required = false) byte @Nullable [] body,
            @Nullable Principal caller) {
        Demanded demanded = Versions.demanded(ifMatch);
        IssuePatch patch = json.as(IssuePatch.class, patch(json.object(body)));
        if (patch.status() == IssueStatus.CANCELLED && Caller.limitedTo(caller) != null) {
            throw new ProblemException(
                    HttpStatus.FORBIDDEN, "status: a recipient's account cannot cancel an issue");
        }
        return demanded.of(desk.find(id).map(Issue::version))
                .flatMap(version -> desk.patch(id, version, patch, name(caller)))
                .switchIfEmpty(unknown(id))
                .flatMap(issue -> answer(HttpStatus.OK, issue, caller));
    }

    /** Also where it is over. */
    @Takes(Comment.class)
    @PostMapping(path = "/{id}/comments", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<Issue>> comment(
            @PathVariable String id,
            @RequestBody(required = false) byte @Nullable [] body,
            @Nullable Principal caller) {
        Comment comment = json.as(Comment.class, json.object(body));
        return desk.comment(id, comment, name(caller))
                .switchIfEmpty(unknown(id))
                .flatMap(issue -> answer(HttpStatus.CREATED, issue, caller));
    }

    private static String name(@Nullable Principal caller) {
        return caller == null ? NOBODY : caller.getName();
    }

    /** Its tag is that of the stored one: what is shown besides is no change. */
    private Mono<ResponseEntity<Issue>> answer(
            HttpStatus status, Issue issue, @Nullable Principal caller) {
        return desk.shown(issue, Caller.limitedTo(caller))
                .map(
                        shown ->
                                ResponseEntity.status(status)
                                        .eTag(Versions.tag(issue.version()))
                                        .body(shown));
    }

    private static Set<String> shown() {
        Set<String> names = new HashSet<>(Set.of("flapping", "endUntold"));
        Stream.of(Issue.class.getRecordComponents())
                .map(RecordComponent::getName)
                .forEach(names::add);
        Stream.of(IssuePatch.class.getRecordComponents())
                .map(RecordComponent::getName)
                .forEach(names::remove);
        return Set.copyOf(names);
    }

    /** A field that is set to null is cleared; one that is not named stays. */
    private static ObjectNode patch(ObjectNode patch) {
        patch.remove(SHOWN);
        for (String text : List.of("assignee", "details")) {
            if (patch.path(text).isNull()) {
                patch.put(text, "");
            }
        }
        if (patch.path("plannedVisitAt").isNull()) {
            patch.put("plannedVisitAt", IssuePatch.NO_VISIT.toString());
        }
        return patch;
    }

    private static Mono<Issue> unknown(String id) {
        return Mono.error(() -> ProblemException.unknown("issue", id));
    }
}
