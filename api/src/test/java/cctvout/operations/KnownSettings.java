package cctvout.operations;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;

import java.lang.reflect.RecordComponent;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Every setting that the application reads, as an environment names it. */
final class KnownSettings {

    /** Spring's own, and those that are read without a record. */
    private static final Set<String> OTHERS =
            Set.of(
                    "CCTVOUT_ROLES",
                    "SPRING_PROFILES_ACTIVE",
                    "LOGGING_STRUCTURED_FORMAT_CONSOLE",
                    "CCTVOUT_KAFKA_PROPERTIES");

    private KnownSettings() {}

    static Set<String> inEnvironment() {
        Set<String> all = new TreeSet<>(OTHERS);
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

    /** Dots become underscores; dashes go, or become underscores too. */
    private static void add(Set<String> all, String prefix, Class<?> type) {
        if (type.isRecord()) {
            for (RecordComponent part : type.getRecordComponents()) {
                add(all, prefix + "." + part.getName(), part.getType());
            }
        } else {
            String dashed = prefix.replaceAll("([a-z])([A-Z])", "$1-$2").toUpperCase(Locale.ROOT);
            String name = dashed.replace('.', '_');
            all.add(name.replace("-", ""));
            all.add(name.replace('-', '_'));
        }
    }
}
