package cctvout.template;

import cctvout.recipient.Language;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;

/** The built-in words of each language. */
public final class Words implements TemplateSource {

    private final Map<Language, Properties> words = new EnumMap<>(Language.class);

    private Words() {}

    /** Reads them: at start, it blocks. */
    public static Words load() {
        Words loaded = new Words();
        for (Language language : Language.values()) {
            loaded.words.put(language, read("words_" + language.locale() + ".properties"));
        }
        return loaded;
    }

    private static Properties read(String name) {
        Properties properties = new Properties();
        try (Reader reader =
                new InputStreamReader(
                        Objects.requireNonNull(Words.class.getResourceAsStream(name), name),
                        StandardCharsets.UTF_8)) {
            properties.load(reader);
            return properties;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public Template of(MessageKind kind, Language language) {
        return new Template(
                word(language, kind.key() + ".subject"),
                word(language, kind.key()),
                word(language, kind.key() + ".short"));
    }

    /** The word for a key; the code itself where there is none for it yet. */
    public String word(Language language, String key) {
        return Objects.requireNonNull(words.get(language))
                .getProperty(key, key.substring(key.indexOf('.') + 1));
    }

    /** With what its placeholders stand for. */
    public String word(Language language, String key, Map<String, String> fields) {
        return Placeholders.fill(word(language, key), fields);
    }

    public boolean has(Language language, String key) {
        return Objects.requireNonNull(words.get(language)).containsKey(key);
    }
}
