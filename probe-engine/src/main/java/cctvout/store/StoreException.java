package cctvout.store;

import org.jspecify.annotations.Nullable;

/** PostgreSQL could not be brought up or reached; the message names the setting to look at. */
public final class StoreException extends RuntimeException {
    StoreException(String message) {
        this(message, null);
    }

    StoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
