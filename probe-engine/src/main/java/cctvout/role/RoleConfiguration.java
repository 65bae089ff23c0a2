package cctvout.role;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

import java.util.List;

@Configuration(proxyBeanMethods = false)
class RoleConfiguration {

    /** From the environment, as conditions are asked before there are beans. */
    static Roles roles(Environment environment) {
        return Roles.of(
                Binder.get(environment)
                        .bind(Roles.SETTING, Bindable.listOf(String.class))
                        .orElse(List.of()));
    }

    @Bean
    Roles cctvoutRoles(Environment environment) {
        return roles(environment);
    }
}
