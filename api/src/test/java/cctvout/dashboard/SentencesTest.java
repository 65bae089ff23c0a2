package cctvout.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import cctvout.importing.CameraTable;
import cctvout.importing.TableException;
import cctvout.issue.ImpossibleStepException;
import cctvout.issue.IssueStatus;
import cctvout.network.AllowedNetworks;
import cctvout.notification.NotResendableException;
import cctvout.recipient.Language;
import cctvout.recipient.Recipient;
import cctvout.recipient.RecipientChannel;
import cctvout.recipient.RecipientRole;
import cctvout.recipient.RecipientRules;
import cctvout.recipient.Secret;
import cctvout.record.InvalidRecordException;
import cctvout.record.RecordExistsException;
import cctvout.record.Violation;
import cctvout.template.MessageKind;
import cctvout.template.Template;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.ClassPathResource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What the server says in English sentences the page says in the reader's language. */
class SentencesTest {

    private static final Pattern RULE = Pattern.compile("\\[/(\\^.*\\$)/, '([\\w.]+)'");

    private final Map<String, String> rules = new TreeMap<>();

    SentencesTest() throws IOException {
        RULE.matcher(read("plain.js"))
                .results()
                .forEach(rule -> rules.put(rule.group(1), rule.group(2)));
    }

    @Test
    void everyRuleHasItsWords() throws IOException {
        String words = read("i18n/ko-refused.js");
        assertThat(rules).hasSizeGreaterThan(100);
        assertThat(rules.values()).allMatch(key -> words.contains("'" + key + "': "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://example.com/", "http:///hook", "not a url", "http://user:pass@example.com/",
                "http://127.0.0.1/hook", "http://0x7f000001/", "http://example.com:70000/", "",
            })
    void whatIsWrongWithAnAddressToTell(String url) {
        allSaid(refused(new RecipientChannel.Webhook(url, null)));
    }

    @Test
    void whatIsWrongWithAChannel() {
        allSaid(refused(new RecipientChannel.Email("nobody")));
        allSaid(refused(new RecipientChannel.Sms("nobody")));
        allSaid(refused(new RecipientChannel.Kakao(null)));
        for (String secret : List.of("whsec_", "whsec_?", "x".repeat(5000))) {
            allSaid(refused(new RecipientChannel.Webhook("http://a.example", new Secret(secret))));
        }
    }

    @Test
    void whatIsWrongWithAText() {
        allSaid(Template.violations(MessageKind.OPENED, " ", "{nothing}", "\0"));
        allSaid(Template.violations(MessageKind.OPENED, "a\nb", "x".repeat(9000), "{x} {y}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1 and more",
                "PK\u0003\u0004 and more",
                "name,address\na,b\n",
                "id,name\na,b\n",
                "\"id\" x,ip\na,b\n",
                "\"id,ip\n",
            })
    void whyATableIsNotTaken(String text) {
        var table = new CameraTable(StandardCharsets.ISO_8859_1, CameraTable.MAX_ROW_CHARS);
        TableException why =
                catchThrowableOfType(
                        TableException.class,
                        () -> {
                            table.feed(text.getBytes(StandardCharsets.ISO_8859_1));
                            table.finish();
                        });
        isTold(why);
    }

    @Test
    void whyWhatWasAskedForCannotBe() {
        isTold(new RecordExistsException("camera", "C-1"));
        isTold(new RecordExistsException("maintenance window", "w-1"));
        isTold(new ImpossibleStepException("i-1", IssueStatus.RESOLVED, IssueStatus.OPEN));
        for (String why :
                List.of(
                        "it is CANCELLED",
                        "its fault is there again",
                        "its fault is over, see X")) {
            isTold(new NotResendableException("n-1", why));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // an issue's history
                "well again",
                "became HEALTHY",
                "still bad: ICMP_TIMEOUT",
                "no probe looked in time",
                "no longer checked: CAMERA_PAUSED",
                // a check that is asked for
                "camera C-1 is paused (enabled is false)",
                "camera C-1 is not probed yet",
                "no process that probes camera C-1 has taken the check within PT2S (a): try again",
                "the process that probes camera C-1 has not answered within PT30S (a.b)",
                "this process is stopping: ask again",
                "the database does not answer, try again",
                "issue i-1 has 200 comments, the most there can be",
                // a list that is fetched
                "answered with malformed JSON",
                "answered without response.data: INVALID KEY",
                "answered HTTP 503",
                "host name unknown",
                "connect timeout",
                "no route to host",
                "connection refused",
                "connection lost",
                "TLS failed",
                // why a notice did not arrive
                "left alone: it failed again and again",
                "no connection",
                "no connection within 10000 ms",
                "no answer within 10000 ms",
                "HTTP 500",
                "HTTP 200, and its answer says no",
                "HTTP 200, and its answer does not say yes",
                "mail server refused the mail 550",
                "mail server refused the sender 550",
                "mail server refused the user name or password",
                "mail server hung up",
                "mail server not reached",
                "not whole within 30000 ms (cctvout.its.timeout)",
                "more than 1000 bytes (cctvout.its.max-bytes)",
                // the engine's way to the cameras
                "ICMP needs Linux on x86-64 or AArch64 with epoll; here only HLS is checked.",
                "The system gives no ICMP socket (errno 97); only HLS is checked.",
                "This process may not open an ICMP socket; only HLS is checked. Allow it with a",
            })
    void isSaid(String sentence) {
        assertThat(rules.keySet()).as(sentence).anyMatch(sentence::matches);
    }

    private void isTold(Throwable why) {
        isSaid(String.valueOf(why.getMessage()));
    }

    private void allSaid(List<Violation> violations) {
        assertThat(violations).isNotEmpty();
        violations.forEach(violation -> isSaid(violation.reason()));
    }

    private static List<Violation> refused(RecipientChannel channel) {
        var rules = new RecipientRules(AllowedNetworks.standard(), Map.of());
        var recipient =
                new Recipient(
                        "a",
                        "A",
                        RecipientRole.CONTROL_ROOM,
                        Language.KO,
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(channel),
                        true,
                        0);
        return catchThrowableOfType(InvalidRecordException.class, () -> rules.check(recipient))
                .violations();
    }

    private static String read(String file) throws IOException {
        return new ClassPathResource("static/js/" + file)
                .getContentAsString(StandardCharsets.UTF_8);
    }
}
