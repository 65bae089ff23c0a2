package cctvout.watchdog;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.notification.NoticeText;
import cctvout.notification.PageLinks;
import cctvout.recipient.Language;
import cctvout.recipient.Parties;
import cctvout.recipient.Recipient;
import cctvout.recipient.RecipientRole;
import cctvout.template.Words;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

class AlarmTextTest {

    private static final Instant AT = Instant.parse("2026-11-22T01:00:00Z");

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

    @Test
    void allElseSaysWhatItSays() {
        assertThat(of(alarm(Trouble.LOG_LAG, "alerting"), Language.KO))
                .startsWith("[감시 시스템 이상] 알림 처리가 밀림\nit lags\n");
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
        return new Alarm("a", kind, subject, "it lags", AT, null);
    }
}
