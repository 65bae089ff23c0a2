package cctvout.operations;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.ResolvableType;
import org.springframework.core.type.filter.AnnotationTypeFilter;

import java.lang.reflect.Parameter;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Every setting that the application reads. */
final class KnownSettings {

    /** Spring's own, and those that are read without a record. */
    private static final Set<String> OTHERS =
            Set.of(
                    "CCTVOUT_ROLES",
                    "SPRING_PROFILES_ACTIVE",
                    "LOGGING_STRUCTURED_FORMAT_CONSOLE",
                    "CCTVOUT_KAFKA_PROPERTIES");

    private KnownSettings() {}

    /** As an environment names them: dots become underscores; dashes go, or become such too. */
    static Set<String> inEnvironment() {
        Set<String> all = new TreeSet<>(OTHERS);
        for (String setting : withDefaults().keySet()) {
            String name = setting.toUpperCase(Locale.ROOT).replace('.', '_');
            all.add(name.replace("-", ""));
            all.add(name.replace('-', '_'));
        }
        return all;
    }

    /** As YAML names them, with {@code *} for names that its writer chooses; empty: no default. */
    static Map<String, String> withDefaults() {
        Map<String, String> all = new TreeMap<>();
        var scan = new ClassPathScanningCandidateComponentProvider(false);
        scan.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
        for (var found : scan.findCandidateComponents("cctvout")) {
            try {
                Class<?> type = Class.forName(found.getBeanClassName());
                add(all, type.getAnnotation(ConfigurationProperties.class).value(), type);
            } catch (ClassNotFoundException gone) {
                throw new IllegalStateException(gone);
            }
        }
        return all;
    }

    private static void add(Map<String, String> all, String prefix, Class<?> settings) {
        for (var part : settings.getRecordComponents()) {
            String dashed = part.getName().replaceAll("([a-z0-9])([A-Z])", "$1-$2");
            String name = prefix + "." + dashed.toLowerCase(Locale.ROOT);
            Class<?> type = part.getType();
            if (type == Map.class) {
                name += ".*";
                type = ResolvableType.forMethodReturnType(part.getAccessor()).resolveGeneric(1);
            }
            if (type != null && type.isRecord()) {
                add(all, name, type);
            } else {
                all.put(name, standard(settings, part.getName()));
            }
        }
    }

    private static String standard(Class<?> settings, String name) {
        for (var constructor : settings.getDeclaredConstructors()) {
            for (Parameter parameter : constructor.getParameters()) {
                DefaultValue value = parameter.getAnnotation(DefaultValue.class);
                if (value != null && parameter.getName().equals(name)) {
                    return String.join(",", value.value());
                }
            }
        }
        return "";
    }
}
