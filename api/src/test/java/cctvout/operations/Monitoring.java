package cctvout.operations;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Rules and dashboard as their files have them. */
final class Monitoring {

    record Rule(
            String alert,
            String expr,
            @com.fasterxml.jackson.annotation.JsonProperty("for") @Nullable String lasting,
            Map<String, String> labels,
            Map<String, String> annotations) {}

    record Group(String name, List<Rule> rules) {}

    record RuleFile(List<Group> groups) {}

    /** A panel's query. */
    record Query(String panel, String expr) {
        /** With an interval in place of what Grafana puts there. */
        PromQl parsed() {
            return PromQl.of(expr.replace("$__rate_interval", "1m"));
        }
    }

    /** What the application promises, as Prometheus names it, and the labels of each. */
    static final Map<String, List<String>> CONTRACT =
            Map.ofEntries(
                    Map.entry("cctvout_probe_duration_seconds_count", List.of("kind", "status")),
                    Map.entry("cctvout_probe_lateness_seconds_count", List.of()),
                    Map.entry("cctvout_probe_inflight", List.of("kind")),
                    Map.entry("cctvout_cameras", List.of("verdict")),
                    Map.entry("cctvout_transitions_total", List.of("to")),
                    Map.entry("cctvout_issues", List.of("status")),
                    Map.entry(
                            "cctvout_notification_delivery_seconds_count",
                            List.of("channel", "outcome")),
                    Map.entry("cctvout_detection_latency_seconds_count", List.of()),
                    Map.entry("cctvout_stream_clients", List.of()),
                    Map.entry("cctvout_stream_closed_total", List.of("reason")),
                    Map.entry("cctvout_log_lag", List.of("consumer")));

    private Monitoring() {}

    static List<Rule> rules() {
        return Yaml.as(
                        RuleFile.class,
                        Yaml.documents(Yaml.DOCKER.resolve("prometheus/rules.yaml")).getFirst())
                .groups()
                .stream()
                .flatMap(group -> group.rules().stream())
                .toList();
    }

    static JsonNode dashboard() {
        return JsonMapper.shared()
                .readTree(Yaml.text(Yaml.DOCKER.resolve("grafana/dashboards/cctv-out.json")));
    }

    static List<Query> queries() {
        List<Query> all = new ArrayList<>();
        for (JsonNode panel : dashboard().get("panels")) {
            for (JsonNode target : panel.path("targets")) {
                all.add(new Query(panel.get("title").asString(), target.get("expr").asString()));
            }
        }
        return all;
    }
}
