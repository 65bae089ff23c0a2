package cctvout.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cctvout.operations.PromQl.LabelMatch;
import cctvout.operations.PromQl.Selector;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Rules and dashboard are queries that Prometheus understands. */
class PromQlTest {

    @Test
    void aQuerySaysWhatItAsksForAndGroupsBy() {
        PromQl query =
                PromQl.of("sum by (a, b) (rate(x_total{c!=\"d\",e=~\"f|g\"}[5m])) / sum(y) > 0.5");

        assertThat(query.selectors())
                .containsExactly(
                        new Selector(
                                "x_total",
                                List.of(
                                        new LabelMatch("c", "!=", "d"),
                                        new LabelMatch("e", "=~", "f|g"))),
                        new Selector("y", List.of()));
        assertThat(query.grouping()).containsExactly("a", "b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rate(x)",
                "sum(x",
                "x[5m]",
                "x{a=b}",
                "x{a==\"b\"}",
                "sum by a (x)",
                "nosuch(x)",
                "x >",
                "x y",
                "rate(x[5q])",
                "\"text\""
            })
    void whatPrometheusWouldRefuseIsRefused(String text) {
        assertThatThrownBy(() -> PromQl.of(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theRulesAreQueries() {
        assertThat(Monitoring.rules())
                .hasSizeGreaterThan(10)
                .allSatisfy(rule -> assertThat(PromQl.of(rule.expr()).selectors()).isNotEmpty());
    }

    @Test
    void theDashboardHasAQueryInEachPanelAndNoTwoPanelsInOnePlace() {
        assertThat(Monitoring.queries())
                .hasSizeGreaterThan(20)
                .allSatisfy(query -> assertThat(query.parsed().selectors()).isNotEmpty());
        Set<Integer> ids = new HashSet<>();
        Set<String> cells = new HashSet<>();
        for (JsonNode panel : Monitoring.dashboard().get("panels")) {
            assertThat(ids.add(panel.get("id").asInt())).isTrue();
            JsonNode place = panel.get("gridPos");
            assertThat(place.get("x").asInt() + place.get("w").asInt()).isLessThanOrEqualTo(24);
            for (int x = 0; x < place.get("w").asInt(); x++) {
                for (int y = 0; y < place.get("h").asInt(); y++) {
                    String cell = (place.get("x").asInt() + x) + " " + (place.get("y").asInt() + y);
                    assertThat(cells.add(cell)).as(panel.get("title").asString()).isTrue();
                }
            }
            if (!panel.get("type").asString().equals("row")) {
                assertThat(panel.get("targets")).isNotEmpty();
                assertThat(panel.get("datasource").get("uid").asString()).isEqualTo(source());
            }
        }
    }

    private static String source() {
        return (String)
                Yaml.at(
                        Yaml.documents(
                                        Yaml.DOCKER.resolve(
                                                "grafana/provisioning/datasources/prometheus.yaml"))
                                .getFirst(),
                        "datasources",
                        0,
                        "uid");
    }
}
