package cctvout.web;

import cctvout.openapi.Takes;
import cctvout.problem.ProblemException;
import cctvout.record.Violation;
import cctvout.role.ConditionalOnRole;
import cctvout.role.Role;
import cctvout.security.AccountDesk;

import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

import reactor.core.publisher.Mono;

import java.security.Principal;

/** One's own password. All of one's sessions end with the old one. */
@RestController
@ConditionalOnRole(Role.API)
class PasswordController {

    private final AccountDesk desk;
    private final JsonBodies json;

    PasswordController(AccountDesk desk, JsonBodies json) {
        this.desk = desk;
        this.json = json;
    }

    private record Passwords(@Nullable String current, @Nullable String password) {}

    @Takes(Passwords.class)
    @PutMapping(path = "/api/session/password", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<Void>> change(
            Mono<Principal> caller, @RequestBody(required = false) byte @Nullable [] body) {
        Passwords given = json.as(Passwords.class, json.object(body));
        String current = required("current", given.current());
        String wanted = required("password", given.password());
        return caller.flatMap(known -> desk.changePassword(known.getName(), current, wanted))
                .thenReturn(ResponseEntity.noContent().build());
    }

    private static String required(String field, @Nullable String value) {
        if (value == null) {
            throw ProblemException.refused(new Violation(field, null, "required"));
        }
        return value;
    }
}
