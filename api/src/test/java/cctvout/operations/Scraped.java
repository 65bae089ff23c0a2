package cctvout.operations;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Prometheus would hold after one scrape of some processes. */
final class Scraped {

    record Series(String name, Map<String, String> labels, double value) {}

    private static final Pattern LINE =
            Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? ([^ ]+)(?: \\d+)?");
    private static final Pattern LABEL =
            Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    private final List<Series> series = new ArrayList<>();

    /** One process's text, with the labels that Prometheus gives its targets. */
    void add(String job, String instance, String text) {
        Map<String, String> target = Map.of("job", job, "instance", instance);
        series.add(new Series("up", target, 1));
        text.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .forEach(line -> series.add(read(line, target)));
    }

    private static Series read(String line, Map<String, String> target) {
        Matcher found = LINE.matcher(line);
        if (!found.matches()) {
            throw new IllegalArgumentException("no series: " + line);
        }
        Map<String, String> labels = new LinkedHashMap<>(target);
        if (found.group(2) != null) {
            Matcher label = LABEL.matcher(found.group(2));
            while (label.find()) {
                labels.put(label.group(1), label.group(2));
            }
        }
        return new Series(found.group(1), labels, value(found.group(3)));
    }

    private static double value(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    boolean has(PromQl.Selector selector) {
        return series.stream().anyMatch(selector::matches);
    }

    /** True where a series of this name has this label. */
    boolean hasLabel(String metric, String label) {
        return series.stream()
                .anyMatch(it -> it.name().equals(metric) && it.labels().containsKey(label));
    }

    double sum(PromQl.Selector selector) {
        return series.stream().filter(selector::matches).mapToDouble(Series::value).sum();
    }

    TreeSet<String> names() {
        var names = new TreeSet<String>();
        series.forEach(it -> names.add(it.name()));
        return names;
    }
}
