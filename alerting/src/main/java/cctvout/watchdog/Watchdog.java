package cctvout.watchdog;

import cctvout.engine.EngineStatus;
import cctvout.log.EventLog;
import cctvout.network.HostResolver;
import cctvout.notification.ChannelSettings;
import cctvout.notification.NoticeText;
import cctvout.notification.Notices;
import cctvout.notification.NotificationPipeline;
import cctvout.notification.NotificationSettings;
import cctvout.notification.OutgoingHttp;
import cctvout.recipient.Recipients;
import cctvout.rows.NewId;
import cctvout.store.Database;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Looks at the monitor itself, again and again, and tells the control room what ails it, once when
 * it begins and once when it is over. What was told lies in a table: a restart tells nothing twice.
 */
public final class Watchdog {

    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);

    private static final String LAG =
            """
            select greatest(0, coalesce((select max(seq) from event_log where type = 'transition'),
                0) - c.seq) as lag,
                (select at from event_log e where e.type = 'transition' and e.seq > c.seq
                    order by e.seq limit 1) as since
            from log_cursor c where c.consumer = 'alerting'
            """;

    // until what failed on it was delivered or given up, a channel is not well; that it is left
    // alone is known only to the process that sends
    private static final String STILL_DEAD =
            """
            select distinct recipient_id || '/' || channel_key as lane from notification
            where status in ('CREATED', 'FAILED') and (attempts > 0 or tries > 0)
                and next_at is not null
            """;

    private final Database database;
    private final NotificationPipeline pipeline;
    private final Recipients recipients;
    private final Supplier<EngineStatus> engine;
    private final WatchdogSettings settings;
    private final InstantSource clock;
    private final Symptoms symptoms;
    private final EngineReports reports;
    private final UnprobedCameras unprobed;
    private final EngineWitness witness;
    private final AlarmDesk desk;
    private final Flux<?> heartbeat;

    public Watchdog(
            Database database,
            EventLog log,
            Notices notices,
            Recipients recipients,
            NotificationPipeline pipeline,
            HostResolver hosts,
            Supplier<EngineStatus> engine,
            UnprobedCameras unprobed,
            WatchdogSettings settings,
            NotificationSettings notification,
            ChannelSettings channels,
            NoticeText text,
            InstantSource clock) {
        this.database = database;
        this.pipeline = pipeline;
        this.recipients = recipients;
        this.engine = engine;
        this.settings = settings;
        this.clock = clock;
        this.symptoms = new Symptoms(settings, clock.instant());
        this.reports = new EngineReports(database);
        this.unprobed = unprobed;
        this.witness = new EngineWitness(EngineWitness.NODE, clock.instant());
        this.desk =
                new AlarmDesk(
                        database,
                        log,
                        notices,
                        recipients,
                        new NewId(clock),
                        text,
                        notification.controlRoomLanguage());
        this.heartbeat =
                channels.heartbeat() == null
                        ? Flux.never()
                        : Heartbeat.of(
                                        channels.heartbeat(),
                                        new OutgoingHttp(hosts, notification, clock),
                                        database,
                                        clock)
                                .run();
    }

    /** Until {@code stopping} signals; lazy, goes on through trouble. */
    public Flux<Void> run(Mono<?> stopping) {
        Flux<Boolean> looks =
                Flux.interval(Duration.ZERO, settings.every())
                        .onBackpressureDrop()
                        .concatMap(_ -> look(), 1);
        return Flux.merge(looks, heartbeat).takeUntilOther(stopping).thenMany(Flux.empty());
    }

    private Mono<Boolean> look() {
        return Mono.zip(lag(), stillDead(), engines(), cameras(), dead(), unprobed.byZone())
                .flatMap(
                        read -> {
                            var found =
                                    symptoms.of(
                                            read.getT3(),
                                            read.getT4(),
                                            read.getT6(),
                                            read.getT1(),
                                            read.getT5(),
                                            clock.instant());
                            Set<String> lasting = new HashSet<>(read.getT2());
                            read.getT6().keySet().forEach(it -> lasting.add(Symptoms.zone(it)));
                            return desk.reconcile(found, lasting, clock.instant());
                        })
                .doOnNext(
                        changed -> {
                            if (changed) {
                                pipeline.wake();
                            }
                        })
                .onErrorResume(
                        trouble -> {
                            LOG.warn("the watchdog cannot look: {}", trouble.toString());
                            return Mono.empty();
                        });
    }

    /** Left alone here; a channel that nobody has any more is not missed. */
    private Mono<Set<String>> dead() {
        Set<String> dead = pipeline.deadLanes();
        return dead.isEmpty()
                ? Mono.just(dead)
                : recipients
                        .all()
                        .flatMapIterable(all -> all)
                        .flatMapIterable(
                                one ->
                                        one.channelsByKey().keySet().stream()
                                                .map(key -> one.id() + "/" + key)
                                                .toList())
                        .filter(dead::contains)
                        .collect(Collectors.toSet());
    }

    /** What others wrote, and what can be seen here. */
    private Mono<List<EngineReport>> engines() {
        EngineReport here = witness.report(engine.get(), clock.instant());
        return reports.all()
                .map(
                        all -> {
                            List<EngineReport> latest = new ArrayList<>(all);
                            if (here != null) {
                                latest.removeIf(one -> one.node().equals(here.node()));
                                latest.add(here);
                            }
                            return latest;
                        });
    }

    private Mono<Long> cameras() {
        return database.client()
                .sql("select count(*) as n from camera where enabled and not removed")
                .map(row -> Objects.requireNonNull(row.get("n", Long.class)))
                .one();
    }

    private Mono<Backlog> lag() {
        return database.client()
                .sql(LAG)
                .map(
                        row ->
                                new Backlog(
                                        Objects.requireNonNull(row.get("lag", Long.class)),
                                        row.get("since", Instant.class)))
                .one()
                .defaultIfEmpty(Backlog.NONE);
    }

    private Mono<List<String>> stillDead() {
        return database.client()
                .sql(STILL_DEAD)
                .map(row -> Objects.requireNonNull(row.get("lane", String.class)))
                .all()
                .collectList();
    }
}
