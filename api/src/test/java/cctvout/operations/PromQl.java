package cctvout.operations;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A query, read by Prometheus' grammar (<a
 * href="https://prometheus.io/docs/prometheus/latest/querying/basics/">querying basics</a>) as far
 * as we use it: what it asks for and by which labels it groups.
 */
final class PromQl {

    /** What an expression yields. */
    private enum Type {
        SCALAR,
        VECTOR,
        RANGE,
        STRING
    }

    /**
     * @param metric empty where the labels alone say
     */
    record Selector(String metric, List<LabelMatch> labels) {
        boolean matches(Scraped.Series series) {
            return (metric.isEmpty() || metric.equals(series.name()))
                    && labels.stream().allMatch(label -> label.matches(series.labels()));
        }
    }

    record LabelMatch(String name, String operator, String value) {
        boolean matches(Map<String, String> labels) {
            String there = labels.getOrDefault(name, "");
            return switch (operator) {
                case "=" -> there.equals(value);
                case "!=" -> !there.equals(value);
                case "=~" -> there.matches(value);
                default -> !there.matches(value);
            };
        }
    }

    private static final Pattern TOKEN =
            Pattern.compile(
                    "\\s*(?:(?<number>\\d+(?:\\.\\d+)?(?![\\w.]))"
                            + "|(?<duration>(?:\\d+(?:ms|[smhdwy]))+)"
                            + "|(?<string>\"(?:[^\"\\\\]|\\\\.)*\")"
                            + "|(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)"
                            + "|(?<sign>=~|!~|!=|==|<=|>=|[-+*/%^<>=(){}\\[\\],:]))");
    private static final List<Set<String>> BINARY =
            List.of(
                    Set.of("or"),
                    Set.of("and", "unless"),
                    Set.of("==", "!=", "<", ">", "<=", ">="),
                    Set.of("+", "-"),
                    Set.of("*", "/", "%"),
                    Set.of("^"));
    private static final Set<String> AGGREGATIONS =
            Set.of("sum", "min", "max", "avg", "count", "group");
    private static final Map<String, Type> FUNCTIONS =
            Map.of(
                    "rate", Type.RANGE,
                    "increase", Type.RANGE,
                    "irate", Type.RANGE,
                    "absent", Type.VECTOR,
                    "abs", Type.VECTOR,
                    "clamp_min", Type.VECTOR);

    private final String text;
    private final List<String> tokens = new ArrayList<>();
    private final List<Selector> selectors = new ArrayList<>();
    private final Set<String> grouping = new java.util.TreeSet<>();
    private int at;

    private PromQl(String text) {
        this.text = text;
        Matcher matcher = TOKEN.matcher(text.strip());
        int end = 0;
        while (end < text.strip().length()) {
            if (!matcher.find(end) || matcher.start() != end) {
                throw new IllegalArgumentException("not PromQL at %d: %s".formatted(end, text));
            }
            tokens.add(matcher.group().strip());
            end = matcher.end();
        }
    }

    /**
     * @throws IllegalArgumentException where it is no query
     */
    static PromQl of(String text) {
        PromQl query = new PromQl(text);
        Type type = query.binary(0);
        if (query.at != query.tokens.size() || type == Type.RANGE || type == Type.STRING) {
            throw query.wrong("an end, and a value for each series");
        }
        return query;
    }

    List<Selector> selectors() {
        return selectors;
    }

    /** Labels that it groups by. */
    Set<String> grouping() {
        return grouping;
    }

    private Type binary(int level) {
        if (level == BINARY.size()) {
            return unary();
        }
        Type left = binary(level + 1);
        while (BINARY.get(level).contains(peek())) {
            next();
            Type right = binary(level + 1);
            if (isNoOperand(left) || isNoOperand(right)) {
                throw wrong("numbers or vectors on both sides");
            }
            left = left == Type.SCALAR ? right : left;
        }
        return left;
    }

    private static boolean isNoOperand(Type type) {
        return type == Type.RANGE || type == Type.STRING;
    }

    private Type unary() {
        if (peek().equals("-")) {
            next();
        }
        Type type = primary();
        if (peek().equals("[")) {
            next();
            duration();
            expect("]");
            if (type != Type.VECTOR) {
                throw wrong("a selector before a range");
            }
            type = Type.RANGE;
        }
        return type;
    }

    private Type primary() {
        String token = next();
        if (token.matches("\\d.*")) {
            return Type.SCALAR;
        }
        if (token.startsWith("\"")) {
            return Type.STRING;
        }
        if (token.equals("(")) {
            Type type = binary(0);
            expect(")");
            return type;
        }
        if (AGGREGATIONS.contains(token)) {
            return aggregation();
        }
        if (FUNCTIONS.containsKey(token) && peek().equals("(")) {
            return call(token);
        }
        if (token.equals("{")) {
            at--;
            return selector("");
        }
        if (token.matches("[a-zA-Z_:].*") && !peek().equals("(")) {
            return selector(token);
        }
        throw wrong("an expression, not " + token);
    }

    private Type aggregation() {
        boolean grouped = groups();
        expect("(");
        if (binary(0) != Type.VECTOR) {
            throw wrong("a vector to aggregate");
        }
        expect(")");
        if (!grouped) {
            groups();
        }
        return Type.VECTOR;
    }

    private boolean groups() {
        if (!Set.of("by", "without").contains(peek())) {
            return false;
        }
        boolean by = next().equals("by");
        expect("(");
        while (!peek().equals(")")) {
            String label = next();
            if (by) {
                grouping.add(label);
            }
            if (peek().equals(",")) {
                next();
            }
        }
        expect(")");
        return true;
    }

    private Type call(String function) {
        expect("(");
        if (binary(0) != FUNCTIONS.get(function)) {
            throw wrong(function + " of a " + FUNCTIONS.get(function));
        }
        while (peek().equals(",")) {
            next();
            binary(0);
        }
        expect(")");
        return Type.VECTOR;
    }

    private Type selector(String metric) {
        List<LabelMatch> labels = new ArrayList<>();
        if (peek().equals("{")) {
            next();
            while (!peek().equals("}")) {
                String name = next();
                String operator = next();
                String quoted = next();
                if (!Set.of("=", "!=", "=~", "!~").contains(operator) || !quoted.startsWith("\"")) {
                    throw wrong("a label, an operator and a string");
                }
                labels.add(
                        new LabelMatch(name, operator, quoted.substring(1, quoted.length() - 1)));
                if (peek().equals(",")) {
                    next();
                }
            }
            expect("}");
        }
        if (metric.isEmpty() && labels.isEmpty()) {
            throw wrong("a name or labels");
        }
        selectors.add(new Selector(metric, labels));
        return Type.VECTOR;
    }

    private void duration() {
        if (!next().matches("(\\d+(ms|[smhdwy]))+")) {
            throw wrong("a duration");
        }
    }

    private String peek() {
        return at < tokens.size() ? tokens.get(at) : "";
    }

    private String next() {
        if (at == tokens.size()) {
            throw wrong("more");
        }
        return tokens.get(at++);
    }

    private void expect(String token) {
        String found = next();
        if (!found.equals(token)) {
            throw wrong(token + ", not " + found);
        }
    }

    private IllegalArgumentException wrong(String wanted) {
        return new IllegalArgumentException(
                "expected %s before token %d of %s".formatted(wanted, at, text));
    }
}
