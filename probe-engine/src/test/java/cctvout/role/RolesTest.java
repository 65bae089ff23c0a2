package cctvout.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import org.junit.jupiter.api.Test;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.io.support.SpringFactoriesLoader;

import java.util.List;
import java.util.Map;
import java.util.Objects;

class RolesTest {

    @Test
    void allRolesWhereNoneIsNamed() {
        assertThat(Roles.of(List.of())).hasToString("api,probe,alerting");
        assertThat(Roles.of(List.of(" "))).hasToString("api,probe,alerting");
    }

    @Test
    void anUnknownRoleIsAnErrorThatNamesTheSetting() {
        assertThatThrownBy(() -> Roles.of(List.of("api", "prober")))
                .hasMessage("cctvout.roles: unknown role prober, may be any of api,probe,alerting");
    }

    @Test
    void aStartThatEndsForOneSaysSoAndNoMore() {
        Throwable failed = catchThrowable(() -> context("prober").close());
        List<FailureAnalysis> said =
                SpringFactoriesLoader.forDefaultResourceLocation()
                        .load(FailureAnalyzer.class, (type, name, failure) -> {})
                        .stream()
                        .map(analyzer -> analyzer.analyze(failed))
                        .filter(Objects::nonNull)
                        .toList();
        assertThat(said)
                .extracting(FailureAnalysis::getDescription)
                .containsExactly(
                        "cctvout.roles: unknown role prober, may be any of api,probe,alerting");
    }

    @Test
    void aBeanOfAnotherRoleIsLeftOut() {
        try (var context = context("probe, API")) {
            assertThat(context.getBean(Roles.class)).hasToString("api,probe");
            assertThat(context.containsBean("forProbe")).isTrue();
            assertThat(context.containsBean("forAlerting")).isFalse();
        }
    }

    private static AnnotationConfigApplicationContext context(String roles) {
        var context = new AnnotationConfigApplicationContext();
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource("test", Map.of("cctvout.roles", roles)));
        context.register(RoleConfiguration.class, Parts.class);
        context.refresh();
        return context;
    }

    @Configuration(proxyBeanMethods = false)
    static class Parts {
        @Bean
        @ConditionalOnRole(Role.PROBE)
        String forProbe() {
            return "probe";
        }

        @Bean
        @ConditionalOnRole(Role.ALERTING)
        String forAlerting() {
            return "alerting";
        }
    }
}
