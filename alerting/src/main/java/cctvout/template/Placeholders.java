package cctvout.template;

import java.util.Collection;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The whole language of templates: {@code {name}} becomes what it stands for, once, whatever braces
 * that holds; a line that comes out empty is left out. There is nothing to be run in it.
 */
public final class Placeholders {

    private static final Pattern NAME = Pattern.compile("\\{(\\w+)}");

    private Placeholders() {}

    /** Names that are not known stay as they are. */
    public static String fill(String template, Map<String, String> fields) {
        return NAME.matcher(template)
                .replaceAll(
                        found ->
                                Matcher.quoteReplacement(
                                        fields.getOrDefault(found.group(1), found.group())));
    }

    /** Without the lines in which nothing is left. */
    public static String withoutEmptyLines(String text) {
        return text.lines().filter(line -> !line.isBlank()).collect(Collectors.joining("\n"));
    }

    /** Names in the template that are none of the known. */
    static SortedSet<String> unknown(String template, Collection<String> known) {
        return NAME.matcher(template)
                .results()
                .map(found -> found.group(1))
                .filter(name -> !known.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
