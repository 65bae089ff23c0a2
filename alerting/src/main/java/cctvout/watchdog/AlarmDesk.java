package cctvout.watchdog;

import static cctvout.notification.NotificationEvent.OPENED;
import static cctvout.notification.NotificationEvent.RECOVERED;

import cctvout.log.EventLog;
import cctvout.notification.AlarmCause;
import cctvout.notification.Holds;
import cctvout.notification.Notice;
import cctvout.notification.NoticeLog;
import cctvout.notification.NoticeText;
import cctvout.notification.Notices;
import cctvout.notification.Notification;
import cctvout.notification.NotificationEvent;
import cctvout.notification.NotificationStatus;
import cctvout.recipient.Language;
import cctvout.recipient.Parties;
import cctvout.recipient.Recipient;
import cctvout.recipient.RecipientChannel;
import cctvout.recipient.Recipients;
import cctvout.rows.Rows;
import cctvout.store.Database;
import cctvout.template.Message;
import cctvout.watchdog.Symptoms.Key;

import io.r2dbc.spi.Readable;

import reactor.core.publisher.Mono;

import tools.jackson.core.type.TypeReference;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/** The troubles that are told, and the notices that tell them, in one transaction. */
final class AlarmDesk {

    private static final TypeReference<List<AlarmCause>> CAUSES = new TypeReference<>() {};

    private final Database database;
    private final EventLog log;
    private final Notices notices;
    private final Recipients recipients;
    private final Supplier<String> newId;
    private final AlarmText text;
    private final Language controlRoomLanguage;

    AlarmDesk(
            Database database,
            EventLog log,
            Notices notices,
            Recipients recipients,
            Supplier<String> newId,
            NoticeText text,
            Language controlRoomLanguage) {
        this.database = database;
        this.log = log;
        this.notices = notices;
        this.recipients = recipients;
        this.newId = newId;
        this.text = new AlarmText(text);
        this.controlRoomLanguage = controlRoomLanguage;
    }

    /**
     * What is found and not told is told; what is told and not found is over. True where anything
     * changed.
     *
     * @param lasting subjects that are not proven well, though they may be no news
     */
    Mono<Boolean> reconcile(Map<Key, List<AlarmCause>> found, Set<String> lasting, Instant now) {
        return open(false)
                .map(told -> change(found, lasting, told, now))
                .filter(change -> !change.isNothing())
                .flatMap(
                        _ ->
                                database.inTransaction(
                                        open(true)
                                                .flatMap(
                                                        told ->
                                                                write(
                                                                        change(
                                                                                found, lasting,
                                                                                told, now),
                                                                        now))))
                .defaultIfEmpty(false);
    }

    private record Change(List<Alarm> begun, List<Alarm> over) {
        boolean isNothing() {
            return begun.isEmpty() && over.isEmpty();
        }
    }

    private Change change(
            Map<Key, List<AlarmCause>> found,
            Set<String> lasting,
            Map<Key, Alarm> told,
            Instant now) {
        List<Alarm> begun = new ArrayList<>();
        found.forEach(
                (key, causes) -> {
                    if (!told.containsKey(key) && isNews(key, lasting)) {
                        begun.add(
                                new Alarm(
                                        newId.get(), key.kind(), key.subject(), causes, now, null));
                    }
                });
        List<Alarm> over =
                told.entrySet().stream()
                        .filter(entry -> !found.containsKey(entry.getKey()))
                        .filter(entry -> !lasting.contains(entry.getKey().subject()))
                        .map(entry -> entry.getValue().ended(now))
                        .toList();
        return new Change(begun, over);
    }

    /** A process that sends no more there says so for ever, and others that it is well. */
    private static boolean isNews(Key key, Set<String> lasting) {
        return key.kind() != Trouble.CHANNEL_DEAD || lasting.contains(key.subject());
    }

    private Mono<Map<Key, Alarm>> open(boolean lock) {
        return database.client()
                .sql(
                        "select * from alarm where ended_at is null order by id"
                                + (lock ? " for update" : ""))
                .map(AlarmDesk::alarm)
                .all()
                .collectList()
                .map(
                        alarms -> {
                            Map<Key, Alarm> byKey = new LinkedHashMap<>();
                            alarms.forEach(
                                    one -> byKey.put(new Key(one.kind(), one.subject()), one));
                            return byKey;
                        });
    }

    private Mono<Boolean> write(Change change, Instant now) {
        if (change.isNothing()) {
            return Mono.just(false);
        }
        List<String> over = change.over().stream().map(Alarm::id).toList();
        return Mono.zip(notices.ofSubjects(over), recipients.all())
                .flatMap(
                        read -> {
                            Parties parties = new Parties(read.getT2(), controlRoomLanguage);
                            List<Notice> owed = new ArrayList<>();
                            change.over()
                                    .forEach(one -> ended(one, read.getT1(), parties, now, owed));
                            change.begun().forEach(one -> opened(one, parties, now, owed));
                            return store(change)
                                    .then(notices.save(owed))
                                    .then(
                                            log.append(
                                                    owed.stream()
                                                            .map(one -> NoticeLog.entry(one, now))
                                                            .toList()))
                                    .thenReturn(true);
                        });
    }

    private void opened(Alarm alarm, Parties parties, Instant now, List<Notice> owed) {
        for (Recipient room : parties.controlRooms(null)) {
            Map<String, RecipientChannel> channels = new LinkedHashMap<>(room.channelsByKey());
            channels.putIfAbsent("inbox", new RecipientChannel.Inbox());
            channels.forEach(
                    (key, channel) ->
                            owed.add(
                                    notice(
                                            alarm,
                                            text.of(alarm, parties, room.language()),
                                            room,
                                            key,
                                            channel.type(),
                                            OPENED,
                                            now)));
        }
    }

    private void ended(
            Alarm alarm, List<Notice> related, Parties parties, Instant now, List<Notice> owed) {
        for (Notice told : related) {
            Notification shown = told.notification();
            boolean opened = shown.event() == OPENED && alarm.id().equals(shown.alarmId());
            if (opened && shown.status() != NotificationStatus.CANCELLED) {
                parties.find(shown.recipientId())
                        .ifPresent(
                                room ->
                                        owed.add(
                                                notice(
                                                        alarm,
                                                        text.of(alarm, parties, room.language()),
                                                        room,
                                                        told.channelKey(),
                                                        shown.channel(),
                                                        RECOVERED,
                                                        now)));
            }
        }
    }

    private Notice notice(
            Alarm alarm,
            Message message,
            Recipient room,
            String key,
            String type,
            NotificationEvent event,
            Instant now) {
        return Notice.owed(
                new Notification(
                        newId.get(),
                        null,
                        null,
                        null,
                        room.id(),
                        type,
                        event,
                        NotificationStatus.CREATED,
                        0,
                        null,
                        null,
                        now,
                        null,
                        null,
                        "control room",
                        message.body(),
                        alarm.id(),
                        null,
                        null,
                        Holds.NONE),
                key,
                message.content(Map.of("alarm", alarm)));
    }

    private Mono<Void> store(Change change) {
        List<Alarm> rows = new ArrayList<>(change.over());
        rows.addAll(change.begun());
        return database.client()
                .sql(
                        """
                        insert into alarm
                            (id, kind, subject, details, causes, opened_at, ended_at)
                        select * from jsonb_to_recordset(:rows::jsonb) as fresh(id text, kind text,
                            subject text, details text, causes text, opened_at timestamptz,
                            ended_at timestamptz)
                        on conflict (id) do update set ended_at = excluded.ended_at
                        """)
                .bind(
                        "rows",
                        Rows.recordset(
                                rows,
                                one ->
                                        new Rows.Row()
                                                .with("id", one.id())
                                                .with("kind", one.kind())
                                                .with("subject", one.subject())
                                                .with("details", one.details())
                                                .with("causes", Rows.json(one.causes()))
                                                .with("opened_at", one.openedAt())
                                                .with("ended_at", one.endedAt())))
                .then();
    }

    private static Alarm alarm(Readable row) {
        return new Alarm(
                text(row, "id"),
                Trouble.valueOf(text(row, "kind")),
                text(row, "subject"),
                causes(row),
                Objects.requireNonNull(row.get("opened_at", Instant.class)),
                row.get("ended_at", Instant.class));
    }

    /** What an earlier version wrote is told as it is. */
    private static List<AlarmCause> causes(Readable row) {
        String json = row.get("causes", String.class);
        return json == null
                ? List.of(AlarmCause.unworded(text(row, "details")))
                : Rows.read(json, CAUSES);
    }

    private static String text(Readable row, String column) {
        return Objects.requireNonNull(row.get(column, String.class), column);
    }
}
