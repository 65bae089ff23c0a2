package cctvout.security;

import static cctvout.security.AccessRole.ADMIN;
import static cctvout.security.AccessRole.OPERATOR;
import static cctvout.security.AccessRole.VIEWER;
import static cctvout.security.AccessRule.Reach.CAMERA;
import static cctvout.security.AccessRule.Reach.ISSUE;
import static cctvout.security.AccessRule.Reach.NONE;
import static cctvout.security.AccessRule.Reach.NOTIFICATION;
import static cctvout.security.AccessRule.Reach.OUTAGE;
import static cctvout.security.AccessRule.Reach.OWN;

import cctvout.security.AccessRule.Reach;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Every route and who may use it. What is not named here is nobody's. */
final class AccessRules {

    private static final Set<AccessRole> READERS = EnumSet.of(VIEWER, OPERATOR, ADMIN);
    private static final Set<AccessRole> WORKERS = EnumSet.of(OPERATOR, ADMIN);
    private static final Set<AccessRole> ADMINS = EnumSet.of(ADMIN);

    private AccessRules() {}

    /** The first that fits counts. */
    static List<AccessRule> all() {
        List<AccessRule> rules = new ArrayList<>();
        cameras(rules);
        work(rules);
        parties(rules);
        people(rules);
        machines(rules);
        return List.copyOf(rules);
    }

    private static void cameras(List<AccessRule> rules) {
        rule(rules, "GET", "/api/status", READERS, NONE);
        rule(rules, "GET", "/api/sources", READERS, NONE);
        rule(rules, "GET", "/api/statuses", READERS, NONE);
        rule(rules, "GET", "/api/stream", READERS, NONE);
        rule(rules, "GET", "/api/transitions", READERS, NONE);
        rule(rules, "GET", "/api/reports/**", READERS, NONE);
        rule(rules, "GET", "/api/cameras", READERS, NONE);
        rule(rules, "GET", "/api/cameras/export", READERS, NONE);
        rule(rules, "POST", "/api/cameras", ADMINS, NONE);
        rule(rules, "POST", "/api/cameras/import", ADMINS, NONE);
        rule(rules, "POST", "/api/cameras/{id}/check", WORKERS, CAMERA);
        rule(rules, "GET", "/api/cameras/{id}", READERS, CAMERA);
        rule(rules, "GET", "/api/cameras/{id}/status", READERS, CAMERA);
        rule(rules, "GET", "/api/cameras/{id}/checks", READERS, CAMERA);
        rule(rules, "GET", "/api/cameras/{id}/transitions", READERS, CAMERA);
        changes(rules, "/api/cameras/{id}", ADMINS);
    }

    private static void work(List<AccessRule> rules) {
        rule(rules, "GET", "/api/issues", READERS, OWN);
        rule(rules, "GET", "/api/issues/{id}", READERS, ISSUE);
        rule(rules, "PATCH", "/api/issues/{id}", WORKERS, ISSUE);
        rule(rules, "POST", "/api/issues/{id}/comments", WORKERS, ISSUE);
        rule(rules, "GET", "/api/outages", READERS, NONE);
        rule(rules, "GET", "/api/outages/{id}", READERS, OUTAGE);
        rule(rules, "GET", "/api/notifications", READERS, OWN);
        rule(rules, "GET", "/api/notifications/{id}", READERS, NOTIFICATION);
        rule(rules, "POST", "/api/notifications/{id}/resend", WORKERS, NONE);
        rule(rules, "GET", "/api/inbox", READERS, OWN);
        rule(rules, "POST", "/api/inbox/{id}/read", READERS, NOTIFICATION);
    }

    private static void parties(List<AccessRule> rules) {
        collection(rules, "/api/recipients", ADMINS);
        rule(rules, "POST", "/api/policies/try", READERS, NONE);
        collection(rules, "/api/policies", ADMINS);
        rule(rules, "GET", "/api/templates", READERS, NONE);
        rule(rules, "GET", "/api/templates/{event}/{language}", READERS, NONE);
        rule(rules, "PUT", "/api/templates/{event}/{language}", ADMINS, NONE);
        rule(rules, "DELETE", "/api/templates/{event}/{language}", ADMINS, NONE);
        rule(rules, "POST", "/api/templates/preview", READERS, NONE);
        collection(rules, "/api/maintenance-windows", WORKERS);
    }

    private static void people(List<AccessRule> rules) {
        rule(rules, "GET", "/api/session", READERS, OWN);
        rule(rules, "GET", "/api/dashboard", READERS, OWN);
        rule(rules, "PUT", "/api/session/password", READERS, OWN);
        rule(rules, "GET", "/api/tokens", READERS, OWN);
        rule(rules, "POST", "/api/tokens", READERS, OWN);
        rule(rules, "GET", "/api/tokens/{id}", READERS, OWN);
        rule(rules, "PUT", "/api/tokens/{id}", READERS, OWN);
        rule(rules, "PATCH", "/api/tokens/{id}", READERS, OWN);
        rule(rules, "DELETE", "/api/tokens/{id}", READERS, OWN);
        rule(rules, "GET", "/api/users", ADMINS, NONE);
        rule(rules, "GET", "/api/users/{name}", ADMINS, NONE);
        rule(rules, "POST", "/api/users", ADMINS, NONE);
        changes(rules, "/api/users/{name}", ADMINS);
        rule(rules, "GET", "/api/audit", ADMINS, NONE);
    }

    private static void machines(List<AccessRule> rules) {
        rule(rules, "GET", "/actuator/prometheus", READERS, NONE);
        rule(rules, "GET", "/actuator/health/**", READERS, NONE);
        rule(rules, "GET", "/actuator/**", ADMINS, NONE);
        rule(rules, "GET", "/v3/api-docs/**", READERS, NONE);
        rule(rules, "GET", "/v3/api-docs.yaml", READERS, NONE);
        rule(rules, "GET", "/swagger-ui.html", READERS, NONE);
        rule(rules, "GET", "/swagger-ui/**", READERS, NONE);
        rule(rules, "GET", "/webjars/**", READERS, NONE);
    }

    private static void collection(List<AccessRule> rules, String path, Set<AccessRole> writers) {
        rule(rules, "GET", path, READERS, NONE);
        rule(rules, "POST", path, writers, NONE);
        rule(rules, "GET", path + "/{id}", READERS, NONE);
        changes(rules, path + "/{id}", writers);
    }

    private static void changes(List<AccessRule> rules, String path, Set<AccessRole> writers) {
        rule(rules, "PUT", path, writers, NONE);
        rule(rules, "PATCH", path, writers, NONE);
        rule(rules, "DELETE", path, writers, NONE);
    }

    private static void rule(
            List<AccessRule> rules, String method, String path, Set<AccessRole> who, Reach reach) {
        rules.add(new AccessRule(method, path, who, reach));
    }
}
