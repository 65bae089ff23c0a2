package cctvout.health;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.WholeApplication;
import cctvout.lifecycle.LivingPart;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroup;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;

import java.util.Objects;

/** Who asks whether the process is alive hears of each part that has to go on. */
@WholeApplication
class LivenessTest {

    @Autowired ObjectProvider<LivingPart> parts;
    @Autowired HealthEndpointGroups groups;

    @Test
    void isOfThePartsAndNotOfTheDatabase() {
        assertThat(parts.stream().map(LivingPart::part))
                .contains("probing", "sharing of cameras", "alerting");
        assertThat(group("liveness").isMember("life")).isTrue();
        assertThat(group("liveness").isMember("database")).isFalse();
        assertThat(group("readiness").isMember("database")).isTrue();
    }

    private HealthEndpointGroup group(String name) {
        return Objects.requireNonNull(groups.get(name));
    }
}
