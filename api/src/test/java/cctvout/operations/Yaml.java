package cctvout.operations;

import static java.util.Objects.requireNonNull;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;

import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Files in {@code docker/}, read as strictly as their readers there do. */
final class Yaml {

    static final Path DOCKER = Path.of("../docker");

    private static final JsonMapper STRICT =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();
    private static final Pattern VARIABLE =
            Pattern.compile("\\$\\{([A-Z_]+)(?:(:-|:\\?)([^}]*))?}");

    private Yaml() {}

    /** All documents of a file; a key that stands twice is an error. */
    static List<Map<String, Object>> documents(Path file) {
        return documents(text(file));
    }

    static List<Map<String, Object>> documents(String text) {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        List<Map<String, Object>> all = new ArrayList<>();
        for (Object one : new org.yaml.snakeyaml.Yaml(new SafeConstructor(options)).loadAll(text)) {
            all.add(map(one));
        }
        return all;
    }

    /**
     * The one document of a file, as this type.
     *
     * @throws tools.jackson.core.JacksonException where it has a key that the type has not
     */
    static <T> T as(Class<T> type, Map<String, Object> document) {
        return STRICT.convertValue(document, type);
    }

    /**
     * Compose's variables, with these values.
     *
     * @throws IllegalArgumentException for one that must be set and is not
     */
    static String interpolated(String text, Map<String, String> values) {
        return VARIABLE.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(value(found, values)));
    }

    private static String value(MatchResult found, Map<String, String> values) {
        String given = values.getOrDefault(found.group(1), "");
        if (!given.isEmpty()) {
            return given;
        }
        if (":-".equals(found.group(2))) {
            return found.group(3);
        }
        throw new IllegalArgumentException(found.group(1) + " must be set");
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Object value) {
        return (Map<String, Object>) requireNonNull(value);
    }

    @SuppressWarnings("unchecked")
    static List<Object> list(Object value) {
        return (List<Object>) requireNonNull(value);
    }

    /** Where a path of keys and indexes leads. */
    static Object at(Object from, Object... path) {
        Object here = from;
        for (Object step : path) {
            here =
                    step instanceof Integer index
                            ? list(here).get(index)
                            : requireNonNull(map(here).get(step), () -> step + " is missing");
        }
        return here;
    }
}
