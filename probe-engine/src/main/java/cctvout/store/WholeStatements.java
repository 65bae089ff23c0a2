package cctvout.store;

import io.r2dbc.spi.Readable;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Row;
import io.r2dbc.spi.RowMetadata;
import io.r2dbc.spi.Statement;

import org.reactivestreams.Publisher;
import org.springframework.r2dbc.core.ExecuteFunction;

import reactor.core.publisher.Flux;

import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Statements that are sent and answered in full, whatever becomes of their subscriber. Where it
 * cancels in between the driver lets go neither of the parameters nor of rows on their way, and the
 * buffers they came in are never free again (r2dbc-postgresql 1.1.1, its issues 580 and 734). What
 * is read in vain ends with the statement, at its {@code statement_timeout} at the latest.
 */
final class WholeStatements implements ExecuteFunction {

    @Override
    public Publisher<? extends Result> execute(Statement statement) {
        return new ToItsEnd<Result>(
                Flux.from(statement.execute()).map(Whole::new), WholeStatements::pass);
    }

    /** Rows are let go of as they are read. */
    private static void pass(Result unread) {
        Flux.from(unread.getRowsUpdated()).subscribe(_ -> {}, _ -> {});
    }

    private static <T> Publisher<T> whole(Publisher<? extends T> rows) {
        return new ToItsEnd<>(Flux.from(rows), _ -> {});
    }

    private record Whole(Result result) implements Result {

        @Override
        public Publisher<Long> getRowsUpdated() {
            return whole(result.getRowsUpdated());
        }

        @Override
        public <T> Publisher<T> map(BiFunction<Row, RowMetadata, ? extends T> mapping) {
            return whole(result.map(mapping));
        }

        @Override
        public <T> Publisher<T> map(Function<? super Readable, ? extends T> mapping) {
            return whole(result.map(mapping));
        }

        @Override
        public Result filter(Predicate<Segment> wanted) {
            return new Whole(result.filter(wanted));
        }

        @Override
        public <T> Publisher<T> flatMap(
                Function<Segment, ? extends Publisher<? extends T>> mapping) {
            return whole(result.flatMap(mapping));
        }
    }
}
