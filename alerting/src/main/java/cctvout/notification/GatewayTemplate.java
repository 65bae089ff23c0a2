package cctvout.notification;

import cctvout.rows.Rows;

import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fills a message into what an operator wrote, so that no text breaks out of its place. */
final class GatewayTemplate {

    private static final Pattern FIELD = Pattern.compile("\\{(to|text|id|event)}");

    private GatewayTemplate() {}

    static String url(String template, Charset charset, Map<String, String> fields) {
        return filled(template, fields, value -> encoded(value, charset));
    }

    static String header(String template, Map<String, String> fields) {
        return filled(template, fields, value -> value.replaceAll("[^\\x20-\\x7e]", ""));
    }

    static byte[] body(
            String template, String contentType, Charset charset, Map<String, String> fields) {
        return text(template, contentType, charset, fields).getBytes(charset);
    }

    private static String text(
            String template, String contentType, Charset charset, Map<String, String> fields) {
        String type = contentType.toLowerCase(Locale.ROOT);
        if (type.contains("json")) {
            return filled(template, fields, GatewayTemplate::inJson);
        }
        return type.contains("form")
                ? filled(template, fields, value -> encoded(value, charset))
                : filled(template, fields, value -> value);
    }

    private static String filled(
            String template, Map<String, String> fields, UnaryOperator<String> escape) {
        return FIELD.matcher(template)
                .replaceAll(
                        field ->
                                Matcher.quoteReplacement(
                                        escape.apply(fields.getOrDefault(field.group(1), ""))));
    }

    private static String encoded(String value, Charset charset) {
        return URLEncoder.encode(value, charset).replace("+", "%20");
    }

    private static String inJson(String value) {
        String quoted = Rows.json(value);
        return quoted.substring(1, quoted.length() - 1);
    }
}
