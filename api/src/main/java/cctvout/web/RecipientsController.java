package cctvout.web;

import cctvout.notification.NotificationDesk;
import cctvout.recipient.Recipient;
import cctvout.recipient.Recipients;
import cctvout.role.ConditionalOnRole;
import cctvout.role.Role;
import cctvout.security.AccountDesk;

import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import reactor.core.publisher.Mono;

import tools.jackson.databind.node.ObjectNode;

import java.util.OptionalLong;

/** Who is told. Secrets of channels go in and never come out. */
@RestController
@RequestMapping("/api/recipients")
@ConditionalOnRole(Role.API)
class RecipientsController extends RecordController<Recipient, Recipient> {

    private final Recipients recipients;
    private final NotificationDesk desk;
    private final AccountDesk accounts;

    RecipientsController(
            Recipients recipients, NotificationDesk desk, AccountDesk accounts, JsonBodies json) {
        super("recipient", "/api/recipients", json);
        this.recipients = recipients;
        this.desk = desk;
        this.accounts = accounts;
    }

    @GetMapping
    Mono<Recipients.Page> list(
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return recipients.list(Paging.limit(limit), Paging.id(cursor));
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<Recipient>> create(@RequestBody(required = false) byte @Nullable [] body) {
        return accounts.parting(recipients.create(parse(json.object(body))), Recipient::id)
                .map(this::created);
    }

    @Override
    Mono<Recipient> stored(String id) {
        return recipients.find(id);
    }

    @Override
    Mono<Recipient> update(Recipient wanted, OptionalLong version) {
        return recipients.update(wanted, version);
    }

    /** What was not sent to it yet is cancelled, and its accounts are let in no more. */
    @Override
    Mono<Boolean> remove(String id, OptionalLong version) {
        return accounts.parting(desk.removeRecipient(id, version), removed -> removed ? id : null);
    }

    @Override
    Recipient parse(ObjectNode body) {
        return json.as(Recipient.class, body);
    }

    @Override
    String id(Recipient one) {
        return one.id();
    }

    @Override
    long version(Recipient one) {
        return one.version();
    }

    @Override
    Recipient shown(Recipient one) {
        return one;
    }
}
