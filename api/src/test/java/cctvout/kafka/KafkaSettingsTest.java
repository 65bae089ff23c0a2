package cctvout.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

class KafkaSettingsTest {

    private static final String JAAS = "org.example.Login required password=\"hunter2\";";

    @Test
    void propertiesReachTheClientUnderItsOwnNames() {
        KafkaSettings settings =
                bound(
                        Map.of(
                                "bootstrap-servers", "a:9092,b:9092",
                                "properties.security.protocol", "SASL_SSL",
                                "properties.sasl.jaas.config", JAAS,
                                "properties.compression.type", "gzip"));

        assertThat(settings.producer())
                .containsEntry("bootstrap.servers", List.of("a:9092", "b:9092"))
                .containsEntry("security.protocol", "SASL_SSL")
                .containsEntry("sasl.jaas.config", JAAS)
                .containsEntry("compression.type", "gzip")
                .containsEntry("acks", "all")
                .containsEntry("enable.idempotence", true);
        assertThat(settings.client()).containsEntry("sasl.jaas.config", JAAS);
        assertThat(settings.toString()).contains("sasl.jaas.config").doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"acks", "enable.idempotence", "delivery.timeout.ms", "transactional.id"})
    void whatOrderAndCompletenessStandOnCannotBeChosen(String name) {
        assertThatThrownBy(() -> bound(Map.of("properties." + name, "1")))
                .rootCause()
                .hasMessage("cctvout.kafka.properties." + name + ": cannot be chosen");
    }

    @Test
    void aLimitIsNamedByItsError() {
        assertThatThrownBy(() -> bound(Map.of("batch", "0")))
                .rootCause()
                .hasMessage("cctvout.kafka.batch: 1 to 10000, not 0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cctvout.roles=alerting",
                "cctvout.kafka.bootstrap-servers=",
                "cctvout.kafka.bootstrap-servers= , "
            })
    void withoutABrokerNothingIsMade(String property) {
        new ApplicationContextRunner()
                .withUserConfiguration(KafkaConfiguration.class)
                .withPropertyValues(property)
                .run(
                        context ->
                                assertThat(context)
                                        .hasNotFailed()
                                        .doesNotHaveBean(KafkaConfiguration.class));
    }

    @Test
    void aProcessThatDoesNotAlertDoesNotPublish() {
        new ApplicationContextRunner()
                .withUserConfiguration(KafkaConfiguration.class)
                .withPropertyValues(
                        "cctvout.roles=api,probe", "cctvout.kafka.bootstrap-servers=a:1")
                .run(context -> assertThat(context).doesNotHaveBean(KafkaConfiguration.class));
    }

    @Test
    void whereABrokerIsNamedItIsMade() {
        new ApplicationContextRunner()
                .withUserConfiguration(KafkaConfiguration.class)
                .withPropertyValues("cctvout.kafka.bootstrap-servers=a:1")
                // and asks for the rest of the application
                .run(context -> assertThat(context).hasFailed());
    }

    private static KafkaSettings bound(Map<String, String> values) {
        Map<String, String> named = new HashMap<>();
        values.forEach((name, value) -> named.put("cctvout.kafka." + name, value));
        return new Binder(new MapConfigurationPropertySource(named))
                .bindOrCreate("cctvout.kafka", KafkaSettings.class);
    }
}
