package cctvout.web;

import cctvout.openapi.Takes;
import cctvout.problem.ProblemException;
import cctvout.role.ConditionalOnRole;
import cctvout.role.Role;
import cctvout.security.Caller;
import cctvout.security.TokenDesk;
import cctvout.security.TokenRequest;
import cctvout.security.TokenView;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import reactor.core.publisher.Mono;

import tools.jackson.databind.node.ObjectNode;

import java.net.URI;
import java.security.Principal;
import java.util.List;
import java.util.regex.Pattern;

/** Keys for scripts. A token is shown once, when it is made. */
@RestController
@RequestMapping("/api/tokens")
@ConditionalOnRole(Role.API)
class TokensController {

    private static final ListOrder<TokenView> NEWEST =
            new ListOrder<>(
                    TokensController::newestFirst,
                    Pattern.compile("\\d{19}-[0-9a-f]{1,64}").asMatchPredicate());

    private final TokenDesk desk;
    private final JsonBodies json;

    TokensController(TokenDesk desk, JsonBodies json) {
        this.desk = desk;
        this.json = json;
    }

    /** Newest first. */
    @GetMapping
    Mono<ListOrder.Page<TokenView>> list(
            Mono<Principal> principal,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return caller(principal).flatMap(desk::list).map(all -> NEWEST.page(all, limit, cursor));
    }

    @GetMapping("/{id}")
    Mono<TokenView> read(Mono<Principal> principal, @PathVariable String id) {
        return caller(principal).flatMap(caller -> desk.find(caller, id));
    }

    @Takes(TokenRequest.class)
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<TokenView>> create(
            Mono<Principal> principal, @RequestBody(required = false) byte @Nullable [] body) {
        TokenRequest wanted = wanted(json.object(body));
        return caller(principal)
                .flatMap(caller -> desk.create(caller, wanted))
                .map(
                        made ->
                                ResponseEntity.created(URI.create("/api/tokens/" + made.id()))
                                        .body(made));
    }

    /** Its name, and its end where one is given. */
    @Takes(TokenRequest.class)
    @PutMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<TokenView> replace(
            Mono<Principal> principal,
            @PathVariable String id,
            @RequestBody(required = false) byte @Nullable [] body) {
        ObjectNode tree = json.object(body);
        return caller(principal).flatMap(caller -> desk.change(caller, id, wanted(tree)));
    }

    @Takes(TokenRequest.class)
    @PatchMapping(
            path = "/{id}",
            consumes = {MediaType.APPLICATION_JSON_VALUE, RecordController.MERGE_PATCH})
    Mono<TokenView> patch(
            Mono<Principal> principal,
            @PathVariable String id,
            @RequestBody(required = false) byte @Nullable [] body) {
        ObjectNode patch = json.object(body);
        return caller(principal)
                .flatMap(
                        caller ->
                                desk.find(caller, id)
                                        .flatMap(
                                                before -> {
                                                    ObjectNode merged = json.tree(before);
                                                    JsonBodies.merge(merged, patch);
                                                    return desk.change(caller, id, wanted(merged));
                                                }));
    }

    /** Whoever sends back what was read may: what nobody sets is passed over. */
    private TokenRequest wanted(ObjectNode tree) {
        tree.remove(List.of("id", "account", "createdAt", "lastUsedAt", "token"));
        return json.as(TokenRequest.class, tree);
    }

    @DeleteMapping("/{id}")
    Mono<ResponseEntity<Void>> delete(Mono<Principal> principal, @PathVariable String id) {
        return caller(principal)
                .flatMap(caller -> desk.delete(caller, id).thenReturn(true))
                .map(_ -> ResponseEntity.noContent().build());
    }

    private static String newestFirst(TokenView token) {
        long age = Long.MAX_VALUE - token.createdAt().toEpochMilli();
        return "%019d-%s".formatted(age, token.id());
    }

    private static Mono<Caller> caller(Mono<Principal> principal) {
        return principal
                .ofType(Caller.class)
                .switchIfEmpty(
                        Mono.error(
                                () ->
                                        new ProblemException(
                                                HttpStatus.CONFLICT,
                                                "cctvout.security.enabled=false: there are no"
                                                        + " accounts")));
    }
}
