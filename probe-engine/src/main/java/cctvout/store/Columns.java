package cctvout.store;

import io.r2dbc.spi.Readable;

/** Reads columns that the schema says are not null. */
public final class Columns {
    private Columns() {}

    /** Errors with {@link IllegalStateException} that names the column where it is null. */
    public static <T> T required(Readable row, String name, Class<T> type) {
        T value = row.get(name, type);
        if (value == null) {
            throw new IllegalStateException("column " + name + " is null");
        }
        return value;
    }

    public static String text(Readable row, String name) {
        return required(row, name, String.class);
    }

    public static long number(Readable row, String name) {
        return required(row, name, Long.class);
    }

    public static boolean flag(Readable row, String name) {
        return required(row, name, Boolean.class);
    }
}
