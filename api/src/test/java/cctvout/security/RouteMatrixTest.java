package cctvout.security;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.WholeApplication;
import cctvout.web.ApiClient;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Every route of the running application, tried as every role. */
@WholeApplication
class RouteMatrixTest {

    /** Open to all, or served without a controller. */
    private static final Set<String> OPEN = Set.of("GET /healthz");

    @LocalServerPort private int port;

    @Autowired private RequestMappingHandlerMapping requestMappingHandlerMapping;

    @Test
    void everyRouteHasARule() {
        Set<String> ruled = new TreeSet<>(OPEN);
        AccessRules.all().forEach(rule -> ruled.add(rule.method() + " " + rule.path()));
        assertThat(routes())
                .filteredOn(route -> !route.contains("/v3/") && !route.contains("/swagger"))
                .as("routes that AccessRules does not name are nobody's")
                .allSatisfy(route -> assertThat(ruled).anyMatch(rule -> same(rule, route)));
    }

    @ParameterizedTest
    @EnumSource(AccessRole.class)
    void everyRouteLetsInWhomItsRuleNamesAndNobodyElse(AccessRole role) {
        WebTestClient client = as(role);
        List<String> wrong = new ArrayList<>();
        for (AccessRule rule : AccessRules.all()) {
            if (rule.path().contains("**") || rule.path().equals("/api/stream")) {
                continue;
            }
            int status = status(client, rule);
            boolean own = role == AccessRole.RECIPIENT && rule.reach() == AccessRule.Reach.OWN;
            boolean let = role != AccessRole.RECIPIENT && rule.lets(role) || own;
            if (status == 401 || let == (status == 403)) {
                wrong.add(rule.method() + " " + rule.path() + " answered " + status);
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void whatNoRuleNamesIsNobodysAndSaidNotToBeThereWhereItIsNot() {
        as(AccessRole.ADMIN).get().uri("/api/nothing").exchange().expectStatus().isNotFound();
        as(AccessRole.ADMIN).delete().uri("/api/cameras").exchange().expectStatus().isEqualTo(405);
        ApiClient.anonymous(port)
                .get()
                .uri("/api/nothing")
                .exchange()
                .expectStatus()
                .isUnauthorized();
    }

    @Test
    void whichMethodsARouteHasIsSaidToWhoIsKnown() {
        as(AccessRole.VIEWER)
                .options()
                .uri("/api/cameras")
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .value("Allow", methods -> assertThat(methods).contains("GET", "POST"));
        as(AccessRole.VIEWER).options().uri("/api/nothing").exchange().expectStatus().isNotFound();
    }

    private static int status(WebTestClient client, AccessRule rule) {
        String path = rule.path().replaceAll("\\{[a-z]+}", "no-such-thing");
        try {
            return client.method(HttpMethod.valueOf(rule.method()))
                    .uri(path)
                    .exchange()
                    .expectBody()
                    .returnResult()
                    .getStatus()
                    .value();
        } catch (IllegalStateException late) {
            throw new AssertionError(rule.method() + " " + path + " does not answer", late);
        }
    }

    private Set<String> routes() {
        Set<String> routes = new TreeSet<>();
        requestMappingHandlerMapping
                .getHandlerMethods()
                .forEach(
                        (mapping, _) -> {
                            for (var pattern : mapping.getPatternsCondition().getPatterns()) {
                                for (RequestMethod method :
                                        mapping.getMethodsCondition().getMethods()) {
                                    routes.add(method + " " + pattern.getPatternString());
                                }
                            }
                        });
        return routes;
    }

    /** Variables may have other names. */
    private static boolean same(String rule, String route) {
        String anyName = "\\{[A-Za-z]+}";
        String pattern = rule.replaceAll(anyName, "{}");
        String path = route.replaceAll(anyName, "{}");
        return pattern.endsWith("/**")
                ? path.startsWith(pattern.substring(0, pattern.length() - 2))
                : path.equals(pattern);
    }

    private WebTestClient as(AccessRole role) {
        if (role == AccessRole.ADMIN) {
            return ApiClient.admin(port);
        }
        String name = "matrix-" + role.name().toLowerCase(java.util.Locale.ROOT);
        String password = "a password of " + name;
        if (role == AccessRole.RECIPIENT) {
            put(
                    "/api/recipients",
                    Map.of(
                            "id", "matrix-vendor",
                            "name", "Matrix vendor",
                            "role", "CAMERA_VENDOR",
                            "language", "en",
                            "vendors", List.of("matrix"),
                            "channels", List.of(Map.of("type", "inbox"))));
            put(
                    "/api/users",
                    Map.of(
                            "name", name,
                            "role", role,
                            "password", password,
                            "recipientId", "matrix-vendor"));
        } else {
            put("/api/users", Map.of("name", name, "role", role, "password", password));
        }
        return ApiClient.anonymous(port)
                .mutate()
                .defaultHeader(HttpHeaders.AUTHORIZATION, ApiClient.basic(name, password))
                .build();
    }

    private void put(String path, Map<String, Object> body) {
        ApiClient.admin(port)
                .post()
                .uri(path)
                .bodyValue(body)
                .exchange()
                .expectStatus()
                .value(status -> assertThat(status).isIn(201, 409));
    }
}
