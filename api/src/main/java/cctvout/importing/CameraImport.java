package cctvout.importing;

import cctvout.camera.Camera;
import cctvout.camera.CameraCheck;
import cctvout.camera.CameraId;
import cctvout.camera.CameraQuery;
import cctvout.camera.CameraRegistry;
import cctvout.camera.CameraRegistry.Saving;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Signal;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Tables of cameras into the registry, in batches of {@link CameraQuery#MAX_LIMIT}, each a
 * transaction of its own: good rows are kept whatever becomes of the rest, and the same table again
 * changes nothing.
 */
final class CameraImport {

    private static final int PIECES_AHEAD = 4;

    /** Read, looked up and checked while the one before is written. */
    private static final int BATCHES_AHEAD = 2;

    private final CameraRegistry registry;
    private final CameraCheck check;
    private final ImportSettings settings;
    private final Scheduler scheduler = Schedulers.parallel();
    private final SpreadsheetBodies spreadsheets;
    private final AtomicInteger running = new AtomicInteger();

    CameraImport(CameraRegistry registry, CameraCheck check, ImportSettings settings) {
        this.registry = registry;
        this.check = check;
        this.settings = settings;
        this.spreadsheets = new SpreadsheetBodies(settings.maxUnpacked().toBytes());
    }

    /**
     * Lazy; reads the body as fast as the database takes the rows, off the event loops. Errors with
     * {@link TableException} where the body is no table of cameras, with {@link
     * ImportLimitException} where it is too large. Cancelling stops reading; batches that were
     * begun are kept.
     *
     * @param charset null to tell it by content
     * @param map what headers mean besides their names
     * @param dryRun looks and reports, changes nothing
     */
    Mono<ImportReport> run(
            Flux<byte[]> body, @Nullable Charset charset, ColumnMap map, boolean dryRun) {
        return Mono.defer(
                () -> {
                    if (running.incrementAndGet() > settings.maxParallel()) {
                        running.decrementAndGet();
                        return Mono.error(new ImportLimitException.TooMany(settings.maxParallel()));
                    }
                    return read(body, charset, map, dryRun)
                            .doFinally(_ -> running.decrementAndGet());
                });
    }

    private Mono<ImportReport> read(
            Flux<byte[]> body, @Nullable Charset charset, ColumnMap map, boolean dryRun) {
        var table = new CameraTable(charset, settings.maxRowChars(), map);
        var tally = new ImportTally(check, settings.maxRows(), settings.maxErrors());
        return withWholeHead(limited(body, tally))
                .switchOnFirst(
                        (first, pieces) ->
                                isZip(first)
                                        ? spreadsheets.rows(pieces).concatMapIterable(table::feed)
                                        : pieces.publishOn(scheduler, PIECES_AHEAD)
                                                .concatMapIterable(table::feed))
                .publishOn(scheduler)
                .concatWith(Flux.defer(() -> Flux.fromIterable(table.finish())))
                .buffer(CameraQuery.MAX_LIMIT)
                .flatMapSequential(this::known, BATCHES_AHEAD, 1)
                .publishOn(scheduler, 1)
                .map(batch -> batch.checked(tally))
                .concatMap(batch -> take(batch, dryRun).doOnNext(tally::saved), 1)
                .then(Mono.fromSupplier(() -> tally.report(table.ignoredColumns())));
    }

    /** The first piece tells what it is, and may come as short as one byte. */
    private static Flux<byte[]> withWholeHead(Flux<byte[]> pieces) {
        return Flux.defer(
                () -> {
                    int[] seen = {0};
                    return pieces.bufferUntil(
                                    piece -> {
                                        seen[0] =
                                                Math.min(CameraTable.LOOK, seen[0] + piece.length);
                                        return seen[0] == CameraTable.LOOK;
                                    })
                            .map(CameraImport::joined);
                });
    }

    private static byte[] joined(List<byte[]> pieces) {
        if (pieces.size() == 1) {
            return pieces.getFirst();
        }
        var all = new ByteArrayOutputStream();
        pieces.forEach(all::writeBytes);
        return all.toByteArray();
    }

    private static boolean isZip(Signal<? extends byte[]> first) {
        byte[] piece = first.get();
        return piece != null && CameraTable.isZip(piece);
    }

    private Flux<byte[]> limited(Flux<byte[]> body, ImportTally tally) {
        long most = settings.maxBytes().toBytes();
        long[] bytes = {0};
        return body.handle(
                (piece, sink) -> {
                    bytes[0] += piece.length;
                    if (bytes[0] > most) {
                        sink.error(new ImportLimitException.TooLarge(most, tally.received()));
                    } else if (piece.length > 0) {
                        sink.next(piece);
                    }
                });
    }

    /** Rows, and what is registered under their ids. */
    private record Batch(List<CameraRow> rows, Map<CameraId, Camera> stored) {
        Checked checked(ImportTally tally) {
            return new Checked(tally.accept(rows, stored), stored);
        }
    }

    private record Checked(List<Camera> good, Map<CameraId, Camera> stored) {}

    private Mono<Batch> known(List<CameraRow> rows) {
        List<CameraId> ids =
                rows.stream()
                        .map(CameraRow::id)
                        .filter(id -> id != null && CameraId.isValid(id))
                        .distinct()
                        .map(CameraId::new)
                        .toList();
        return registry.findAll(ids).map(stored -> new Batch(rows, stored));
    }

    private Mono<List<Saving>> take(Checked batch, boolean dryRun) {
        return dryRun ? Mono.just(foreseen(batch.good(), batch.stored())) : save(batch.good());
    }

    private Mono<List<Saving>> save(List<Camera> good) {
        return good.isEmpty() ? Mono.just(List.of()) : registry.saveAll(good);
    }

    private static List<Saving> foreseen(List<Camera> good, Map<CameraId, Camera> stored) {
        return good.stream()
                .map(camera -> ImportTally.outcome(camera, stored.get(camera.id())))
                .toList();
    }
}
