package cctvout.relay;

import cctvout.camera.CameraId;
import cctvout.store.Columns;
import cctvout.store.Database;

import io.r2dbc.spi.Readable;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Duration;

/** The checks that somebody waits for. All publishers are lazy. */
final class FarCheckTable {

    /** How it ended. */
    enum Outcome {
        /** With a status. */
        CHECKED,
        /** The camera is paused there, or not known yet. */
        NOT_WATCHED,
        /** Too many are asked for there. */
        BUSY
    }

    /** One that this process has taken. */
    record Asked(long id, CameraId camera) {}

    /**
     * Where one stands.
     *
     * @param outcome null while it is not answered
     * @param answer a status as JSON, or words
     */
    record Standing(boolean taken, @Nullable Outcome outcome, String answer) {}

    private final Database database;

    FarCheckTable(Database database) {
        this.database = database;
    }

    /** Asks whoever probes the camera; forgets what was left by those that died. */
    Mono<Long> ask(CameraId camera, Duration within) {
        return database.client()
                .sql(
                        """
                        with forgotten as (delete from far_check where until_at < now() - interval '1 minute'),
                        asked as (
                            insert into far_check (camera_id, until_at)
                            values (:camera, now() + :within * interval '1 millisecond') returning id)
                        select id, pg_notify(:channel, :about)::text from asked
                        """)
                .bind("camera", camera.value())
                .bind("within", within.toMillis())
                .bind("channel", RelayChannels.ASKED)
                .bind("about", RelayChannels.CHECKS)
                .map(row -> Columns.number(row, "id"))
                .one();
    }

    /** Asks again where nobody has taken it: its prober may have come meanwhile. */
    Mono<Standing> look(long id) {
        return database.client()
                .sql(
                        """
                        select node, outcome, answer,
                               case when node is null then pg_notify(:channel, :about)::text end as again
                        from far_check where id = :id
                        """)
                .bind("channel", RelayChannels.ASKED)
                .bind("about", RelayChannels.CHECKS)
                .bind("id", id)
                .map(FarCheckTable::standing)
                .one();
    }

    private static Standing standing(Readable row) {
        String outcome = row.get("outcome", String.class);
        String answer = row.get("answer", String.class);
        return new Standing(
                row.get("node", String.class) != null,
                outcome == null ? null : Outcome.valueOf(outcome),
                answer == null ? "" : answer);
    }

    Mono<Void> forget(long id) {
        return database.client().sql("delete from far_check where id = :id").bind("id", id).then();
    }

    /** All that are asked of a node's cameras, each taken once. */
    Flux<Asked> take(String node) {
        return database.client()
                .sql(
                        """
                        update far_check f set node = :node
                        from camera c
                        where f.node is null and f.until_at > now() and c.id = f.camera_id
                            and exists (
                                select from probe_shard s
                                where s.node = :node and s.shard = c.shard
                                    and s.zone = coalesce((select z.zone from probe_zone z where z.zone = c.zone), ''))
                        returning f.id, f.camera_id
                        """)
                .bind("node", node)
                .map(
                        row ->
                                new Asked(
                                        Columns.number(row, "id"),
                                        new CameraId(Columns.text(row, "camera_id"))))
                .all();
    }

    Mono<Void> answer(long id, Outcome outcome, String answer) {
        return database.client()
                .sql(
                        """
                        with answered as (
                            update far_check set outcome = :outcome, answer = :answer where id = :id returning id)
                        select pg_notify(:channel, :about)::text as told from answered
                        """)
                .bind("outcome", outcome.name())
                .bind("answer", answer)
                .bind("id", id)
                .bind("channel", RelayChannels.ANSWERED)
                .bind("about", RelayChannels.CHECKS)
                .fetch()
                .all()
                .then();
    }
}
