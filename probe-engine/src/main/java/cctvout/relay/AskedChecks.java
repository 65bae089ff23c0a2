package cctvout.relay;

import cctvout.engine.EngineBusyException;
import cctvout.engine.EngineStoppingException;
import cctvout.engine.ProbeEngine;
import cctvout.log.Json;
import cctvout.relay.FarCheckTable.Asked;
import cctvout.relay.FarCheckTable.Outcome;
import cctvout.status.CameraStatus;
import cctvout.store.Database;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.util.Optional;

/** Makes the checks that other processes ask for, of cameras that this one probes. */
final class AskedChecks {

    private static final Logger LOG = LoggerFactory.getLogger(AskedChecks.class);

    private final Database database;
    private final FarCheckTable table;
    private final ProbeEngine engine;
    private final String node;
    private final RelaySettings settings;

    AskedChecks(Database database, ProbeEngine engine, String node, RelaySettings settings) {
        this.database = database;
        this.table = new FarCheckTable(database);
        this.engine = engine;
        this.node = node;
        this.settings = settings;
    }

    /** Lazy; never completes, never errors; one subscriber. */
    Flux<Void> run() {
        return RelayChannels.hints(database, RelayChannels.ASKED, RelayChannels.CHECKS)
                .concatMap(_ -> table.take(node).onErrorResume(this::later), 1)
                .flatMap(this::make, settings.checks());
    }

    /** Who asked asks again. */
    private Mono<Asked> later(Throwable away) {
        LOG.debug("what is asked for cannot be read: {}", away.toString());
        return Mono.empty();
    }

    private Mono<Void> make(Asked asked) {
        return engine.check(asked.camera())
                .timeout(settings.answeredWithin())
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .flatMap(status -> answer(asked, status.orElse(null)))
                .onErrorResume(
                        EngineBusyException.class,
                        busy -> table.answer(asked.id(), Outcome.BUSY, "" + busy.getMessage()))
                .onErrorResume(
                        EngineStoppingException.class,
                        ending -> table.answer(asked.id(), Outcome.BUSY, "" + ending.getMessage()))
                .onErrorResume(
                        trouble -> {
                            LOG.warn("asked to check {}: {}", asked.camera(), trouble.toString());
                            return Mono.empty();
                        });
    }

    private Mono<Void> answer(Asked asked, @Nullable CameraStatus status) {
        return status == null
                ? table.answer(asked.id(), Outcome.NOT_WATCHED, "")
                : table.answer(asked.id(), Outcome.CHECKED, Json.write(status));
    }
}
