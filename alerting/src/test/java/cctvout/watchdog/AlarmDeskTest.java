package cctvout.watchdog;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.engine.EngineCause;
import cctvout.engine.EngineState;
import cctvout.log.PostgresEventLog;
import cctvout.network.AllowedNetworks;
import cctvout.notification.AlarmCause;
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

import reactor.core.publisher.Mono;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** What two processes that both look at the monitor make of what each of them sees. */
class AlarmDeskTest {

    private static final Instant AT = Instant.parse("2026-11-22T01:00:00Z");
    private static final String LANE = "vendor/webhook";
    private static final Map<Key, List<AlarmCause>> DEAD =
            Map.of(new Key(Trouble.CHANNEL_DEAD, LANE), List.of(AlarmCause.unworded("fails")));

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
        Map<Key, List<AlarmCause>> left =
                Map.of(
                        new Key(Trouble.NO_PROBES, "zone north"),
                        List.of(AlarmCause.unworded("left")));
        Set<String> lasting = Set.of("zone north");
        assertThat(changed(left, lasting)).isTrue();
        assertThat(changed(Map.of(), lasting)).isFalse();
        assertThat(changed(Map.of(), Set.of())).isTrue();
    }

    @Test
    void whatAnEarlierVersionWroteIsToldAsItIs() throws Exception {
        AlarmCause late = Finding.UNREAD_SINCE.with(Map.of(), Instant.EPOCH);
        AlarmCause silent = Finding.NO_PROBE_SINCE.with(Map.of("cameras", "7"), Instant.EPOCH);
        changed(
                Map.of(
                        new Key(Trouble.LOG_LAG, "alerting"), List.of(late),
                        new Key(Trouble.NO_PROBES, "engine"), List.of(silent.at("b"), silent)),
                Set.of());
        all("update alarm set causes = null where kind = 'LOG_LAG'");
        changed(Map.of(), Set.of());
        assertThat(
                        all(
                                "select content::jsonb -> 'alarm' ->> 'details' from notification"
                                        + " where event = 'RECOVERED' order by 1"))
                .containsExactly(
                        "a transition of 1970-01-01T00:00:00Z is not read yet",
                        "b: 7 cameras, no probe since 1970-01-01T00:00:00Z;"
                                + " 7 cameras, no probe since 1970-01-01T00:00:00Z");

        EngineReports reports = new EngineReports(embedded.database());
        AlarmCause blind = AlarmCause.of(EngineCause.of(EngineCause.Code.NO_CANARY_ANSWERS));
        get(reports.save(new EngineReport("a", AT, EngineState.BLIND, blind, 7, AT)));
        assertThat(get(reports.all())).extracting(EngineReport::cause).containsExactly(blind);
        all("update engine_report set explanation = 'Stood still'");
        assertThat(get(reports.all()))
                .extracting(EngineReport::cause)
                .containsExactly(AlarmCause.unworded("Stood still"));
    }

    private List<String> all(String sql) throws Exception {
        return get(
                embedded.database()
                        .client()
                        .sql(sql)
                        .map(row -> Objects.requireNonNull(row.get(0, String.class)))
                        .all()
                        .collectList());
    }

    private static <T> T get(Mono<T> some) throws Exception {
        return some.toFuture().get(60, TimeUnit.SECONDS);
    }

    private boolean changed(Map<Key, List<AlarmCause>> found, Set<String> lasting)
            throws Exception {
        return get(desk.reconcile(found, lasting, Instant.now()));
    }
}
