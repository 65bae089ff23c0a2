package cctvout.security;

import cctvout.problem.ProblemException;
import cctvout.record.Violation;

import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.server.context.ServerSecurityContextRepository;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

import reactor.core.publisher.Mono;

import java.net.URI;
import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The page's way in: a name and a password once, a session from then on. */
final class SessionLogin {

    private static final ParameterizedTypeReference<Map<String, Object>> OBJECT =
            new ParameterizedTypeReference<>() {};

    private final PasswordAuthentication passwords;
    private final ServerSecurityContextRepository sessions;
    private final boolean open;

    /**
     * @param open security is off: everybody is admin
     */
    SessionLogin(
            PasswordAuthentication passwords,
            ServerSecurityContextRepository sessions,
            boolean open) {
        this.passwords = passwords;
        this.sessions = sessions;
        this.open = open;
    }

    Mono<ServerResponse> page(ServerRequest request) {
        ClassPathResource page = new ClassPathResource("static/login.html");
        return page.exists()
                ? ServerResponse.ok().contentType(MediaType.TEXT_HTML).bodyValue(page)
                : Mono.error(new ProblemException(HttpStatus.NOT_FOUND, "no login page"));
    }

    /** A form is answered with a page, JSON with JSON. */
    Mono<ServerResponse> login(ServerRequest request) {
        boolean form =
                request.headers()
                        .contentType()
                        .filter(MediaType.APPLICATION_FORM_URLENCODED::isCompatibleWith)
                        .isPresent();
        return (form ? ofForm(request) : ofJson(request))
                .flatMap(passwords::authenticate)
                .doOnNext(known -> request.attributes().put(AuditFilter.SIGNED_IN, known))
                .flatMap(
                        known ->
                                sessions.save(request.exchange(), new SecurityContextImpl(known))
                                        .then(Mono.defer(() -> welcome(known, form))))
                .onErrorResume(BadCredentialsException.class, _ -> refused(form));
    }

    private static Mono<ServerResponse> welcome(Authentication known, boolean form) {
        return form
                ? ServerResponse.seeOther(URI.create("/")).build()
                : ServerResponse.ok().bodyValue(Map.of("user", known.getName()));
    }

    private static Mono<ServerResponse> refused(boolean form) {
        return form
                ? ServerResponse.seeOther(URI.create("/login?error")).build()
                : Mono.error(
                        new ProblemException(HttpStatus.UNAUTHORIZED, "wrong user or password"));
    }

    Mono<ServerResponse> logout(ServerRequest request) {
        boolean form = request.headers().accept().contains(MediaType.TEXT_HTML);
        return sessions.save(request.exchange(), null)
                .then(
                        form
                                ? ServerResponse.seeOther(URI.create("/login")).build()
                                : ServerResponse.noContent().build());
    }

    /** Who the caller is. */
    Mono<ServerResponse> session(ServerRequest request) {
        return request.principal()
                .map(this::who)
                .defaultIfEmpty(
                        Map.of(
                                "user", Account.ADMIN,
                                "role", AccessRole.ADMIN,
                                "security", !open))
                .flatMap(who -> ServerResponse.ok().bodyValue(who));
    }

    /** What else is asked of {@code /api/session}: 405, or which methods there are. */
    Mono<HandlerFunction<ServerResponse>> others(ServerRequest request) {
        if (!request.path().equals("/api/session")) {
            return Mono.empty();
        }
        return request.method().equals(HttpMethod.OPTIONS)
                ? Mono.just(
                        _ -> ServerResponse.ok().allow(HttpMethod.GET, HttpMethod.OPTIONS).build())
                : Mono.error(
                        () ->
                                ProblemException.noMethod(
                                        request.method().name(),
                                        List.of(HttpMethod.GET, HttpMethod.OPTIONS)));
    }

    private Map<String, Object> who(Principal principal) {
        Map<String, Object> who = new LinkedHashMap<>();
        who.put("user", principal.getName());
        if (principal instanceof Caller caller) {
            who.put("role", caller.role());
            if (caller.recipientId() != null) {
                who.put("recipientId", caller.recipientId());
            }
        }
        who.put("security", !open);
        return who;
    }

    private static Mono<PasswordLogin> ofForm(ServerRequest request) {
        return request.formData()
                .map(form -> given(request, form.getFirst("username"), form.getFirst("password")));
    }

    private static Mono<PasswordLogin> ofJson(ServerRequest request) {
        return request.bodyToMono(OBJECT)
                .map(body -> given(request, body.get("username"), body.get("password")))
                .switchIfEmpty(Mono.fromSupplier(() -> given(request, null, null)));
    }

    private static PasswordLogin given(
            ServerRequest request, @Nullable Object name, @Nullable Object password) {
        if (!(name instanceof String user)) {
            throw ProblemException.refused(new Violation("username", null, "required"));
        }
        if (!(password instanceof String secret)) {
            throw ProblemException.refused(new Violation("password", null, "required"));
        }
        return new PasswordLogin(user, secret, ClientAddress.of(request.exchange()));
    }
}
