package cctvout.openapi;

import cctvout.role.ConditionalOnRole;
import cctvout.role.Role;

import io.swagger.v3.core.jackson.ModelResolver;

import org.springdoc.core.providers.ObjectMapperProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@ConditionalOnRole(Role.API)
class OpenApiConfiguration {

    @Bean
    SchemaNames schemaNames() {
        return new SchemaNames();
    }

    @Bean
    ModelResolver modelResolver(ObjectMapperProvider mappers, SchemaNames names) {
        return new ModelResolver(mappers.jsonMapper(), names).openapi31(mappers.isOpenapi31());
    }

    @Bean
    RouteOperations routeOperations() {
        return new RouteOperations();
    }

    @Bean
    ApiDocument apiDocument(SchemaNames names, RouteOperations operations) {
        return new ApiDocument(names, operations);
    }
}
