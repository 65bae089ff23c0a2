package cctvout.openapi;

import com.fasterxml.jackson.databind.JavaType;

import io.swagger.v3.core.jackson.TypeNameResolver;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Names of schemas: a nested type's begins with its outer type's, so that no two are called {@code
 * Page}. Remembers what it named.
 */
final class SchemaNames extends TypeNameResolver {

    private final Map<String, Class<?>> named = new ConcurrentHashMap<>();

    @Override
    protected String nameForClass(Class<?> type, Set<Options> options) {
        Class<?> outer = type.getDeclaringClass();
        String name =
                outer == null
                        ? super.nameForClass(type, options)
                        : nameForClass(outer, options).replaceFirst("Controller$", "")
                                + type.getSimpleName();
        named.put(name, type);
        return name;
    }

    @Override
    protected String nameForGenericType(JavaType type, Set<Options> options) {
        String name = super.nameForGenericType(type, options);
        named.put(name, type.getRawClass());
        return name;
    }

    Map<String, Class<?>> named() {
        return Map.copyOf(named);
    }
}
