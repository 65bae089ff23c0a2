package cctvout.kafka;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

import java.util.List;

/** Where a broker is named; an empty setting names none. */
final class OnKafkaCondition implements Condition {

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        return Binder.get(context.getEnvironment())
                .bind(KafkaSettings.SERVERS, Bindable.listOf(String.class))
                .orElse(List.of())
                .stream()
                .anyMatch(server -> !server.isBlank());
    }
}
