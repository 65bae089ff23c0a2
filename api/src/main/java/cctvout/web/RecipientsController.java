package cctvout.web;

import cctvout.notification.NotificationDesk;
import cctvout.problem.ProblemException;
import cctvout.recipient.Recipient;
import cctvout.recipient.Recipients;
import cctvout.role.ConditionalOnRole;
import cctvout.role.Role;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriUtils;

import reactor.core.publisher.Mono;

import tools.jackson.databind.node.ObjectNode;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/** Who is told. Secrets of channels go in and never come out. */
@RestController
@RequestMapping("/api/recipients")
@ConditionalOnRole(Role.API)
class RecipientsController {

    private final Recipients recipients;
    private final NotificationDesk desk;
    private final JsonBodies json;

    RecipientsController(Recipients recipients, NotificationDesk desk, JsonBodies json) {
        this.recipients = recipients;
        this.desk = desk;
        this.json = json;
    }

    @GetMapping
    Mono<Recipients.Page> list(
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return recipients.list(Paging.limit(limit), Paging.id(cursor));
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<Recipient>> create(@RequestBody(required = false) byte @Nullable [] body) {
        return recipients
                .create(json.as(Recipient.class, json.object(body)))
                .map(
                        stored ->
                                ResponseEntity.created(location(stored.id()))
                                        .eTag(Versions.tag(stored.version()))
                                        .body(stored));
    }

    @GetMapping("/{id}")
    Mono<ResponseEntity<Recipient>> read(@PathVariable String id) {
        return find(id).map(RecipientsController::tagged);
    }

    @PutMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<Recipient>> replace(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody(required = false) byte @Nullable [] body) {
        OptionalLong demanded = Versions.demanded(ifMatch);
        return recipients
                .update(named(id, json.object(body)), demanded)
                .switchIfEmpty(unknown(id))
                .map(RecipientsController::tagged);
    }

    @PatchMapping(
            path = "/{id}",
            consumes = {MediaType.APPLICATION_JSON_VALUE, "application/merge-patch+json"})
    Mono<ResponseEntity<Recipient>> patch(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody(required = false) byte @Nullable [] body) {
        OptionalLong demanded = Versions.demanded(ifMatch);
        ObjectNode patch = json.object(body);
        return find(id).flatMap(
                        before -> {
                            ObjectNode merged = json.tree(before);
                            JsonBodies.merge(merged, patch);
                            return recipients.update(
                                    named(id, merged),
                                    demanded.isPresent()
                                            ? demanded
                                            : OptionalLong.of(before.version()));
                        })
                .switchIfEmpty(unknown(id))
                .map(RecipientsController::tagged);
    }

    /** What was not sent to it yet is cancelled. */
    @DeleteMapping("/{id}")
    Mono<ResponseEntity<Void>> delete(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false)
                    @Nullable String ifMatch) {
        return desk.removeRecipient(id, Versions.demanded(ifMatch))
                .filter(removed -> removed)
                .switchIfEmpty(Mono.error(() -> ProblemException.unknown("recipient", id)))
                .map(_ -> ResponseEntity.noContent().build());
    }

    private Recipient named(String id, ObjectNode tree) {
        JsonBodies.identify(id, tree);
        return json.as(Recipient.class, tree);
    }

    private Mono<Recipient> find(String id) {
        return recipients.find(id).switchIfEmpty(unknown(id));
    }

    private static Mono<Recipient> unknown(String id) {
        return Mono.error(() -> ProblemException.unknown("recipient", id));
    }

    private static ResponseEntity<Recipient> tagged(Recipient recipient) {
        return ResponseEntity.ok().eTag(Versions.tag(recipient.version())).body(recipient);
    }

    private static URI location(String id) {
        return URI.create(
                "/api/recipients/" + UriUtils.encodePathSegment(id, StandardCharsets.UTF_8));
    }
}
