package cctvout.role;

import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

final class OnRoleCondition implements Condition {

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        Role wanted =
                metadata.getAnnotations().get(ConditionalOnRole.class).getEnum("value", Role.class);
        return RoleConfiguration.roles(context.getEnvironment()).has(wanted);
    }
}
