package cctvout.outage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Map;

class SiteRuleTest {

    private final SiteRule rule = new SiteRule(3, 2);

    @Test
    void twoWholeLinesAreTheSites() {
        Map<String, Long> site = Map.of("a", 12L, "b", 12L, "c", 12L);
        assertThat(rule.isDown(site, Map.of("a", 12))).isFalse();
        assertThat(rule.isDown(site, Map.of("a", 12, "b", 2))).isFalse();
        assertThat(rule.isDown(site, Map.of("a", 3, "b", 3))).isTrue();
    }

    @Test
    void manyShortLinesAreTheSitesWhereHalfOfItsCamerasAreDown() {
        Map<String, Long> site = Map.of("a", 1L, "b", 1L, "c", 2L, "d", 4L);
        assertThat(rule.isDown(site, Map.of("a", 1, "b", 1))).isFalse();
        assertThat(rule.isDown(site, Map.of("a", 1, "b", 1, "c", 1))).isFalse();
        assertThat(rule.isDown(site, Map.of("a", 1, "b", 1, "c", 2))).isTrue();
    }

    @Test
    void zeroLinesIsNever() {
        assertThat(new SiteRule(3, 0).isDown(Map.of("a", 9L, "b", 9L), Map.of("a", 9, "b", 9)))
                .isFalse();
    }
}
