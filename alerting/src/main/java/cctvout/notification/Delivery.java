package cctvout.notification;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/** What came of one try. */
public sealed interface Delivery {

    record Sent() implements Delivery {}

    /**
     * @param error in plain words, without any secret
     * @param inDoubt the receiver may have got it all the same
     * @param isFinal another try would end the same
     * @param retryAfter how long the receiver asked to be left alone; null where it did not
     * @param skipped its endpoint is left alone: nothing was sent, and the try counts all the same,
     *     so that a notice for a dead endpoint is FAILED as soon as any
     * @param itself the endpoint is well, it does not take this one: what it owes to others goes on
     */
    record Failed(
            String error,
            boolean inDoubt,
            boolean isFinal,
            @Nullable Duration retryAfter,
            boolean skipped,
            boolean itself)
            implements Delivery {

        Failed(String error, boolean inDoubt, boolean isFinal) {
            this(error, inDoubt, isFinal, null, false, isFinal);
        }

        public static Failed refused(String error) {
            return new Failed(error, false, false);
        }

        static Failed skipped(String error) {
            return new Failed(error, false, false, null, true, false);
        }

        /** The endpoint answered, and refused this one alone. */
        static Failed itself(String error) {
            return new Failed(error, false, false, null, false, true);
        }

        Failed after(@Nullable Duration wait) {
            return new Failed(error, inDoubt, isFinal, wait, skipped, itself);
        }
    }
}
