package cctvout.watchdog;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.engine.EngineCause;
import cctvout.notification.AlarmCause;
import cctvout.notification.NoticeText;
import cctvout.notification.PageLinks;
import cctvout.recipient.Language;
import cctvout.recipient.Parties;
import cctvout.recipient.Recipient;
import cctvout.recipient.RecipientRole;
import cctvout.template.Words;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

class AlarmTextTest {

    private static final Instant AT = Instant.parse("2026-11-22T01:00:00Z");

    private static final Map<String, String> FIGURES =
            Map.of(
                    "cameras", "3",
                    "zone", "north",
                    "unread", "9000",
                    "limit", "5000",
                    "seconds", "7.5",
                    "ms", "900",
                    "waiting", "41",
                    "setting", "cctvout.probe.parallelism");

    private final Words words = Words.load();
    private final AlarmText text =
            new AlarmText(
                    new NoticeText(
                            words,
                            words,
                            ZoneId.of("Asia/Seoul"),
                            PageLinks.to("https://cctv.example")));

    @Test
    void aDeadChannelIsNamedInTheReadersLanguageWhenItBeginsAndWhenItIsOver() {
        Alarm dead = alarm(Trouble.CHANNEL_DEAD, "acme/inbox");
        assertThat(of(dead, Language.KO))
                .startsWith("[감시 시스템 이상] 알림 채널 불통: 아크메 · 알림함\n보내기가 계속 실패합니다\n");
        assertThat(of(dead.ended(AT.plusSeconds(60)), Language.KO))
                .startsWith("[감시 시스템 정상] 알림 채널 불통: 아크메 · 알림함: 끝났습니다\n");
        assertThat(of(dead, Language.EN))
                .startsWith("[Monitor in trouble] channel of notices is dead: 아크메 · inbox\n");
    }

    @Test
    void oneWhoseRecipientIsGoneIsNamedByItsId() {
        assertThat(of(alarm(Trouble.CHANNEL_DEAD, "gone/webhook"), Language.EN))
                .startsWith("[Monitor in trouble] channel of notices is dead: gone · webhook\n");
    }

    /** What an earlier version has written, or another that knows more. */
    @Test
    void oneWithoutACodeThatThereAreWordsForSaysItsSentence() {
        assertThat(of(alarm(Trouble.LOG_LAG, "alerting"), Language.KO))
                .startsWith("[감시 시스템 이상] 알림 처리가 밀림\nit lags\n");
        AlarmCause newer = new AlarmCause("WET", Map.of("cm", "9"), null, null, "9 cm of water");
        assertThat(of(alarm(newer.at("b")), Language.KO)).contains("\nb: 9 cm of water\n");
    }

    @Test
    void causesAreSaidInTheReadersLanguageWithTheirFiguresAndTheReadersTime() {
        AlarmCause late =
                AlarmCause.of(
                        new EngineCause(
                                EngineCause.Code.LANE_FULL,
                                Map.of(
                                        "seconds", "7.5",
                                        "waiting", "41",
                                        "setting", "cctvout.probe.parallelism",
                                        "limit", "8")));
        AlarmCause silent = Finding.NO_PROBE_SINCE.with(Map.of("cameras", "50000"), AT);
        Alarm both = alarm(late.at("north/1"), silent);
        assertThat(both.details())
                .isEqualTo(
                        "north/1: Checks begin 7.5 s late: 41 wait for cctvout.probe.parallelism=8;"
                                + " 50000 cameras, no probe since 2026-11-22T01:00:00Z");
        assertThat(of(both, Language.KO))
                .contains(
                        "\nnorth/1: 점검이 7.5초 늦게 시작됩니다. 대기 41건, 한도 cctvout.probe.parallelism=8; "
                                + "카메라 50000대: 11월 22일 10:00부터 점검 없음\n");
        assertThat(of(both, Language.EN))
                .contains("\nnorth/1: checks begin 7.5 s late: 41 wait for ")
                .doesNotContain("01:00:00Z");
    }

    @ParameterizedTest
    @EnumSource(Finding.class)
    void everyFindingIsSaidInBothLanguages(Finding finding) {
        isSaid(finding.with(FIGURES, AT));
    }

    @ParameterizedTest
    @EnumSource(EngineCause.Code.class)
    void everyCauseOfAnEngineIsSaidInBothLanguages(EngineCause.Code code) {
        isSaid(AlarmCause.of(new EngineCause(code, FIGURES)));
    }

    private void isSaid(AlarmCause cause) {
        assertThat(cause.sentence()).isNotBlank().doesNotContain("{");
        assertThat(of(alarm(cause), Language.KO))
                .containsPattern("\n.*\\p{IsHangul}.*\n")
                .doesNotContain("{", cause.sentence());
        assertThat(of(alarm(cause), Language.EN)).doesNotContain("{", cause.code());
    }

    @Test
    void itLeadsToTheMonitorsHealth() {
        Alarm lag = alarm(Trouble.LOG_LAG, "alerting");
        assertThat(of(lag, Language.KO)).endsWith("부터\nhttps://cctv.example/");
        assertThat(of(lag.ended(AT), Language.EN)).endsWith("\nhttps://cctv.example/");
    }

    private String of(Alarm alarm, Language language) {
        Recipient acme =
                new Recipient(
                        "acme",
                        "아크메",
                        RecipientRole.CAMERA_VENDOR,
                        Language.KO,
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        true,
                        1);
        return text.of(alarm, new Parties(List.of(acme), Language.KO), language).body();
    }

    private static Alarm alarm(Trouble kind, String subject) {
        return new Alarm("a", kind, subject, List.of(AlarmCause.unworded("it lags")), AT, null);
    }

    private static Alarm alarm(AlarmCause... causes) {
        return new Alarm("a", Trouble.MONITOR_BLIND, "engine", List.of(causes), AT, null);
    }
}
