package cctvout.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.WholeApplication;
import cctvout.web.ApiClient;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The document that is served, held against the routes that run. */
@WholeApplication
class OpenApiTest {

    private static final Set<String> WITHOUT_CONTROLLER =
            Set.of("GET /api/session", "POST /login", "POST /logout");

    @LocalServerPort private int port;
    @Autowired private RequestMappingHandlerMapping requestMappingHandlerMapping;
    @Autowired private JsonMapper json;
    private OpenApiRig rig;

    @BeforeEach
    void read() {
        rig = new OpenApiRig(port, json);
    }

    @Test
    void documentAndRoutesAreTheSame() {
        Set<String> routes = new TreeSet<>(handlers().keySet());
        routes.addAll(WITHOUT_CONTROLLER);
        assertThat(rig.operations().keySet()).isEqualTo(routes);
    }

    @Test
    void parametersAreThoseOfTheHandlers() {
        Map<String, HandlerMethod> handlers = handlers();
        rig.operations()
                .forEach(
                        (route, operation) -> {
                            HandlerMethod handler = handlers.get(route);
                            // read from the query itself: its values may hold commas
                            if (handler != null && !route.equals("POST /api/cameras/import")) {
                                assertThat(documented(operation))
                                        .as(route)
                                        .isEqualTo(declared(handler));
                            }
                        });
    }

    @Test
    void whereTheDocumentDemandsCredentialsNobodyComesInWithout() {
        WebTestClient anonymous = OpenApiRig.big(ApiClient.anonymous(port));
        rig.operations()
                .forEach(
                        (route, operation) -> {
                            int status = status(anonymous, route);
                            if (operation.path("security").isEmpty()) {
                                assertThat(status).as(route).isIn(200, 204, 400, 415);
                            } else {
                                assertThat(status).as(route).isEqualTo(401);
                            }
                        });
    }

    private int status(WebTestClient client, String route) {
        String[] parts = route.split(" ");
        return OpenApiRig.sent(
                        client,
                        HttpMethod.valueOf(parts[0]),
                        parts[1].replaceAll("\\{[a-z]+}", OpenApiRig.NAMELESS),
                        null)
                .getStatus()
                .value();
    }

    private Map<String, HandlerMethod> handlers() {
        Map<String, HandlerMethod> all = new TreeMap<>();
        requestMappingHandlerMapping
                .getHandlerMethods()
                .forEach(
                        (mapping, handler) -> {
                            for (var pattern : mapping.getPatternsCondition().getPatterns()) {
                                for (RequestMethod method :
                                        mapping.getMethodsCondition().getMethods()) {
                                    String path = pattern.getPatternString();
                                    if (path.startsWith("/api/") || path.equals("/healthz")) {
                                        all.put(method + " " + path, handler);
                                    }
                                }
                            }
                        });
        return all;
    }

    private static Set<String> declared(HandlerMethod handler) {
        Set<String> names = new TreeSet<>();
        for (MethodParameter parameter : handler.getMethodParameters()) {
            parameter.initParameterNameDiscovery(
                    new org.springframework.core.DefaultParameterNameDiscoverer());
            PathVariable path = parameter.getParameterAnnotation(PathVariable.class);
            RequestParam query = parameter.getParameterAnnotation(RequestParam.class);
            RequestHeader header = parameter.getParameterAnnotation(RequestHeader.class);
            if (path != null) {
                names.add("path " + name(path.name(), parameter) + " true");
            } else if (query != null) {
                boolean required =
                        query.required()
                                && query.defaultValue()
                                        .equals(
                                                org.springframework.web.bind.annotation
                                                        .ValueConstants.DEFAULT_NONE);
                names.add("query " + name(query.name(), parameter) + " " + required);
            } else if (header != null) {
                names.add("header " + name(header.name(), parameter) + " " + header.required());
            }
        }
        return names;
    }

    private static String name(String given, MethodParameter parameter) {
        return given.isEmpty() ? String.valueOf(parameter.getParameterName()) : given;
    }

    private static Set<String> documented(JsonNode operation) {
        Set<String> names = new TreeSet<>();
        for (JsonNode parameter : operation.path("parameters")) {
            names.add(
                    parameter.path("in").stringValue("")
                            + " "
                            + parameter.path("name").stringValue("")
                            + " "
                            + parameter.path("required").booleanValue(false));
        }
        return names;
    }
}
