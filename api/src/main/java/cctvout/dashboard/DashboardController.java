package cctvout.dashboard;

import cctvout.role.ConditionalOnRole;
import cctvout.role.Role;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;

import java.util.SortedSet;
import java.util.TreeSet;

/** What the page shall know before it shows itself. */
@RestController
@ConditionalOnRole(Role.API)
class DashboardController {

    private static final String API = "/api/";

    private final DashboardSettings settings;
    private final ObjectProvider<RequestMappingHandlerMapping> mappings;

    DashboardController(
            DashboardSettings settings, ObjectProvider<RequestMappingHandlerMapping> mappings) {
        this.settings = settings;
        this.mappings = mappings;
    }

    /**
     * @param features resources that this server has, such as {@code issues/comments}: a page
     *     without its resource is not offered
     */
    record Dashboard(
            @Nullable String tilesUrl,
            @Nullable String tilesAttribution,
            SortedSet<String> features) {}

    @GetMapping("/api/dashboard")
    Dashboard dashboard() {
        SortedSet<String> features = new TreeSet<>();
        mappings.orderedStream()
                .flatMap(mapping -> mapping.getHandlerMethods().keySet().stream())
                .flatMap(route -> route.getPatternsCondition().getPatterns().stream())
                .map(pattern -> pattern.getPatternString())
                .filter(path -> path.startsWith(API))
                .map(path -> path.substring(API.length()).replaceAll("/\\{[^/]*}", ""))
                .forEach(features::add);
        return new Dashboard(settings.tilesUrl(), settings.tilesAttribution(), features);
    }
}
