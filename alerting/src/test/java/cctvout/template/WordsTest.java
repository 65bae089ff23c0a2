package cctvout.template;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.hls.HlsReason;
import cctvout.icmp.IcmpStatus;
import cctvout.issue.Ending;
import cctvout.issue.IssueKind;
import cctvout.notification.FailureCause;
import cctvout.notification.NotificationEvent;
import cctvout.recipient.Language;
import cctvout.status.Verdict;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;

class WordsTest {

    /** Reasons of verdicts that are no constants of an enum. */
    private static final List<String> REASONS =
            List.of(
                    "OK",
                    "ICMP_TIMEOUT",
                    "NO_ECHO",
                    "LOSS",
                    "RTT_ANOMALY",
                    "LOSS_ANOMALY",
                    "HOST_UNREACHABLE",
                    "NET_UNREACHABLE",
                    "PROHIBITED",
                    "NO_ROUTE",
                    "DNS_ERROR",
                    "BLOCKED_ADDRESS",
                    "SEND_ERROR",
                    "FLAPPING",
                    "NOT_PROBED",
                    "NOT_CHECKED",
                    "CAMERA_PAUSED",
                    "CAMERA_REMOVED");

    private final Words words = Words.load();

    @ParameterizedTest
    @EnumSource(Language.class)
    void everyConstantHasItsWords(Language language) {
        have(language, "hls.", HlsReason.values());
        have(language, "ping.", IcmpStatus.values());
        have(language, "verdict.", Verdict.values());
        have(language, "kind.", IssueKind.values());
        have(language, "ending.", Ending.values());
        have(language, "title.", Ending.values());
        have(language, "failure.", FailureCause.Code.values());
        for (NotificationEvent event : NotificationEvent.values()) {
            if (event != NotificationEvent.DIGEST) {
                have(language, "digest.", event);
            }
        }
        for (IcmpStatus status : IcmpStatus.values()) {
            if (status != IcmpStatus.FAIL && status != IcmpStatus.SUCCESS) {
                have(language, "icmp.", status);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void everyReasonOfAVerdictIsSaidInWords(Language language) {
        EvidenceWords said = new EvidenceWords(words);
        REASONS.forEach(
                reason ->
                        assertThat(said.cause(language, reason))
                                .as("%s in %s", reason, language)
                                .isNotEqualTo(reason));
        for (HlsReason reason : HlsReason.values()) {
            assertThat(said.cause(language, reason.name())).isNotEqualTo(reason.name());
        }
    }

    @ParameterizedTest
    @EnumSource(MessageKind.class)
    void builtInTextsFollowTheRulesOfAllTexts(MessageKind kind) {
        for (Language language : Language.values()) {
            Template text = words.of(kind, language);
            assertThat(Template.violations(kind, text.subject(), text.body(), text.brief()))
                    .as("%s in %s", kind, language)
                    .isEmpty();
            assertThat(words.has(language, kind.key() + ".subject")).isTrue();
            assertThat(words.has(language, kind.key() + ".short")).isTrue();
        }
    }

    private void have(Language language, String group, Enum<?>... constants) {
        for (Enum<?> constant : constants) {
            assertThat(words.has(language, group + constant.name()))
                    .as("%s%s in %s", group, constant, language)
                    .isTrue();
        }
    }
}
