package cctvout.relay;

import cctvout.log.Json;
import cctvout.status.CameraStatus;
import cctvout.store.Columns;
import cctvout.store.Database;

import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** Batches of results, and who wants them. All publishers are lazy. */
final class ResultTable {

    record Batch(long id, List<CameraStatus> results) {}

    private static final int PAGE = 64;

    private final Database database;

    ResultTable(Database database) {
        this.database = database;
    }

    /**
     * Somebody looks here, for so long unless it is said again.
     *
     * @param node under which this process probes; empty where it does not
     */
    Mono<Void> listen(String name, String node, Duration lasting) {
        return database.client()
                .sql(
                        """
                        with gone as (delete from result_listener where until_at < now() - interval '1 minute'),
                        here as (
                            insert into result_listener (name, node, until_at)
                            values (:name, :node, now() + :lasting * interval '1 millisecond')
                            on conflict (name) do update set until_at = excluded.until_at returning name)
                        select pg_notify(:channel, :about)::text as told from here
                        """)
                .bind("name", name)
                .bind("node", node)
                .bind("lasting", lasting.toMillis())
                .bind("channel", RelayChannels.ASKED)
                .bind("about", RelayChannels.RESULTS)
                .fetch()
                .all()
                .then();
    }

    /** Nobody looks here any longer. */
    Mono<Void> leave(String name) {
        return database.client()
                .sql(
                        """
                        with gone as (delete from result_listener where name = :name returning name)
                        select pg_notify(:channel, :about)::text as told from gone
                        """)
                .bind("name", name)
                .bind("channel", RelayChannels.ASKED)
                .bind("about", RelayChannels.RESULTS)
                .fetch()
                .all()
                .then();
    }

    /** For how long from now somebody looks elsewhere; zero or less: nobody does. */
    Mono<Duration> wanted(String node) {
        return database.client()
                .sql(
                        """
                        select coalesce((extract(epoch from max(until_at) - now()) * 1000)::bigint, 0) as remaining
                        from result_listener where node <> :node
                        """)
                .bind("node", node)
                .map(row -> Duration.ofMillis(Columns.number(row, "remaining")))
                .one();
    }

    /** Those before it that are older than anybody reads are deleted. */
    Mono<Void> write(String node, List<CameraStatus> results) {
        return database.client()
                .sql(
                        """
                        with old as (delete from result_batch where at < now() - interval '10 seconds'),
                        added as (insert into result_batch (node, body) values (:node, :body) returning id)
                        select pg_notify(:channel, :about)::text as told from added
                        """)
                .bind("node", node)
                .bind("body", Json.write(results))
                .bind("channel", RelayChannels.ANSWERED)
                .bind("about", RelayChannels.RESULTS)
                .fetch()
                .all()
                .then();
    }

    Mono<Long> last() {
        return database.client()
                .sql("select coalesce(max(id), 0) as last from result_batch")
                .map(row -> Columns.number(row, "last"))
                .one();
    }

    /** Others' batches above a number but for these, ascending. */
    Mono<List<Batch>> read(long after, Collection<Long> but, String own) {
        return database.client()
                .sql(
                        """
                        select id, body from result_batch
                        where id > :after and id <> all(:but) and node <> :own
                        order by id limit\s"""
                                + PAGE)
                .bind("after", after)
                .bind("but", but.toArray(Long[]::new))
                .bind("own", own)
                .map(
                        row ->
                                new Batch(
                                        Columns.number(row, "id"),
                                        List.of(
                                                Json.read(
                                                        Columns.text(row, "body"),
                                                        CameraStatus[].class))))
                .all()
                .collectList();
    }
}
