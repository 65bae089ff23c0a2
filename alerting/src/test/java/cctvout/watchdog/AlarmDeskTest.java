package cctvout.watchdog;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.log.PostgresEventLog;
import cctvout.network.AllowedNetworks;
import cctvout.notification.NoticeText;
import cctvout.notification.PageLinks;
import cctvout.notification.PostgresNotices;
import cctvout.recipient.Language;
import cctvout.recipient.PostgresRecipients;
import cctvout.recipient.RecipientRules;
import cctvout.rows.NewId;
import cctvout.store.EmbeddedDatabase;
import cctvout.template.Words;
import cctvout.watchdog.Symptoms.Key;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** What two processes that both look at the monitor make of what each of them sees. */
class AlarmDeskTest {

    private static final String LANE = "vendor/webhook";
    private static final Map<Key, String> DEAD =
            Map.of(new Key(Trouble.CHANNEL_DEAD, LANE), "fails");

    private final EmbeddedDatabase embedded = EmbeddedDatabase.createFresh();
    private final AlarmDesk desk = desk();

    private AlarmDesk desk() {
        NewId newId = new NewId(InstantSource.system());
        Words words = Words.load();
        return new AlarmDesk(
                embedded.database(),
                new PostgresEventLog(embedded.database()),
                new PostgresNotices(embedded.database()),
                new PostgresRecipients(
                        embedded.database(),
                        new RecipientRules(AllowedNetworks.standard(), Map.of()),
                        newId),
                newId,
                new NoticeText(words, words, ZoneId.of("Asia/Seoul"), PageLinks.NONE),
                Language.KO);
    }

    @AfterEach
    void close() {
        embedded.close();
    }

    /** One left the channel alone when it failed, and has sent nothing there since. */
    @Test
    void channelThatOneFoundWellIsNotDeadAgainByAnothersMemory() throws Exception {
        assertThat(changed(DEAD, Set.of(LANE))).isTrue();
        assertThat(changed(DEAD, Set.of())).as("still left alone").isFalse();
        assertThat(changed(Map.of(), Set.of())).as("the other").isTrue();
        assertThat(changed(DEAD, Set.of())).as("nothing waits there").isFalse();
        assertThat(changed(DEAD, Set.of(LANE))).as("it fails again").isTrue();
    }

    /** One has just started, and waits until it lasts. */
    @Test
    void zoneThatAnotherHasToldOfIsNotWellBecauseItIsNoNewsHereYet() throws Exception {
        Map<Key, String> left = Map.of(new Key(Trouble.NO_PROBES, "zone north"), "left");
        Set<String> lasting = Set.of("zone north");
        assertThat(changed(left, lasting)).isTrue();
        assertThat(changed(Map.of(), lasting)).isFalse();
        assertThat(changed(Map.of(), Set.of())).isTrue();
    }

    private boolean changed(Map<Key, String> found, Set<String> lasting) throws Exception {
        return Boolean.TRUE.equals(
                desk.reconcile(found, lasting, Instant.now()).toFuture().get(60, TimeUnit.SECONDS));
    }
}
