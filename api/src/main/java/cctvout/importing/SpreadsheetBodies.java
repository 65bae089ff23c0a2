package cctvout.importing;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * XLSX bodies to rows. A ZIP file is read from its end: it goes to a temporary file first, which is
 * gone when the rows are read or not wanted any more.
 */
final class SpreadsheetBodies {

    private final Scheduler scheduler = Schedulers.boundedElastic();
    private final long maxUnpacked;

    SpreadsheetBodies(long maxUnpacked) {
        this.maxUnpacked = maxUnpacked;
    }

    /**
     * Lazy; the rows of the first sheet, in order, on a thread that may block, as they are wanted.
     * Errors with {@link TableException}.
     */
    Flux<CsvRow> rows(Flux<byte[]> body) {
        return Flux.usingWhen(
                Mono.fromCallable(SpreadsheetFile::create).subscribeOn(scheduler),
                file -> kept(body, file).thenMany(read(file)),
                this::deleted);
    }

    private Mono<Void> kept(Flux<byte[]> body, Path file) {
        return Mono.using(
                        () -> Files.newOutputStream(file),
                        out ->
                                body.publishOn(scheduler)
                                        .doOnNext(piece -> write(out, piece))
                                        .then(),
                        SpreadsheetBodies::close)
                .subscribeOn(scheduler)
                .publishOn(scheduler);
    }

    private Flux<CsvRow> read(Path file) {
        return Flux.using(
                        () -> SpreadsheetFile.open(file, maxUnpacked),
                        sheet -> Flux.fromIterable(() -> sheet),
                        Spreadsheet::close)
                .subscribeOn(scheduler);
    }

    private Mono<Void> deleted(Path file) {
        return Mono.<Void>fromCallable(
                        () -> {
                            Files.deleteIfExists(file);
                            return null;
                        })
                .subscribeOn(scheduler);
    }

    private static void write(OutputStream out, byte[] piece) {
        try {
            out.write(piece);
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    private static void close(OutputStream out) {
        try {
            out.close();
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }
}
