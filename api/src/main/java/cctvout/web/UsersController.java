package cctvout.web;

import cctvout.openapi.Takes;
import cctvout.problem.ProblemException;
import cctvout.role.ConditionalOnRole;
import cctvout.role.Role;
import cctvout.security.AccountChange;
import cctvout.security.AccountDesk;
import cctvout.security.AccountView;

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

import reactor.core.publisher.Mono;

import tools.jackson.databind.node.ObjectNode;

import java.net.URI;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Who may log in, and what they may do. Passwords go in and never come out. */
@RestController
@RequestMapping("/api/users")
@ConditionalOnRole(Role.API)
class UsersController {

    private static final ListOrder<AccountView> ORDER =
            new ListOrder<>(
                    AccountView::name, Pattern.compile("[A-Za-z0-9._@-]{1,64}").asMatchPredicate());

    private final AccountDesk desk;
    private final JsonBodies json;

    UsersController(AccountDesk desk, JsonBodies json) {
        this.desk = desk;
        this.json = json;
    }

    /** Ordered by name. */
    @GetMapping
    Mono<ListOrder.Page<AccountView>> list(
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return desk.list().map(all -> ORDER.page(all, limit, cursor));
    }

    @GetMapping("/{name}")
    Mono<ResponseEntity<AccountView>> read(@PathVariable String name) {
        return desk.find(name).map(UsersController::tagged);
    }

    @Takes(AccountChange.class)
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<AccountView>> create(
            @RequestBody(required = false) byte @Nullable [] body) {
        ObjectNode tree = json.object(body);
        tree.remove("version");
        return desk.create(json.as(AccountChange.class, tree))
                .map(
                        stored ->
                                ResponseEntity.created(URI.create("/api/users/" + stored.name()))
                                        .eTag(Versions.tag(stored.version()))
                                        .body(stored));
    }

    /** A password that is not named stays. */
    @Takes(AccountChange.class)
    @PutMapping(path = "/{name}", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<AccountView>> replace(
            @PathVariable String name,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody(required = false) byte @Nullable [] body) {
        Demanded demanded = Versions.demanded(ifMatch);
        AccountChange change = change(name, json.object(body));
        return demanded.of(version(name))
                .flatMap(version -> desk.update(change, version))
                .map(UsersController::tagged);
    }

    @Takes(AccountChange.class)
    @PatchMapping(
            path = "/{name}",
            consumes = {MediaType.APPLICATION_JSON_VALUE, RecordController.MERGE_PATCH})
    Mono<ResponseEntity<AccountView>> patch(
            @PathVariable String name,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody(required = false) byte @Nullable [] body) {
        Demanded demanded = Versions.demanded(ifMatch);
        ObjectNode patch = json.object(body);
        return desk.find(name)
                .flatMap(
                        before -> {
                            ObjectNode merged = json.tree(before);
                            JsonBodies.merge(merged, patch);
                            long version = before.version();
                            return desk.update(
                                    change(name, merged),
                                    demanded.any()
                                            ? OptionalLong.of(version)
                                            : demanded.of(version));
                        })
                .map(UsersController::tagged);
    }

    @DeleteMapping("/{name}")
    Mono<ResponseEntity<Void>> delete(
            @PathVariable String name,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false)
                    @Nullable String ifMatch) {
        return Versions.demanded(ifMatch)
                .of(version(name))
                .flatMap(version -> desk.delete(name, version))
                .thenReturn(ResponseEntity.noContent().build());
    }

    private Mono<Long> version(String name) {
        return desk.find(name).map(AccountView::version);
    }

    private AccountChange change(String name, ObjectNode tree) {
        for (String id : List.of("name", "id")) {
            if (!name.equals(tree.path(id).stringValue(name))) {
                throw ProblemException.conflict("a name cannot be changed");
            }
        }
        tree.put("name", name);
        tree.remove(List.of("id", "version"));
        return json.as(AccountChange.class, tree);
    }

    private static ResponseEntity<AccountView> tagged(AccountView account) {
        return ResponseEntity.ok().eTag(Versions.tag(account.version())).body(account);
    }
}
