package cctvout.notification;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/** What came of one try. */
public sealed interface Delivery {

    record Sent() implements Delivery {}

    /**
     * @param inDoubt the receiver may have got it all the same
     * @param isFinal another try would end the same
     * @param retryAfter how long the receiver asked to be left alone; null where it did not
     * @param itself the endpoint is well, it does not take this one: what it owes to others goes on
     */
    record Failed(
            FailureCause cause,
            boolean inDoubt,
            boolean isFinal,
            @Nullable Duration retryAfter,
            boolean itself)
            implements Delivery {

        Failed(FailureCause cause, boolean inDoubt, boolean isFinal) {
            this(cause, inDoubt, isFinal, null, isFinal);
        }

        Failed(FailureCause.Code code, boolean inDoubt, boolean isFinal) {
            this(FailureCause.of(code), inDoubt, isFinal);
        }

        public static Failed refused(FailureCause cause) {
            return new Failed(cause, false, false);
        }

        /** The endpoint answered, and refused this one alone. */
        static Failed itself(FailureCause cause) {
            return new Failed(cause, false, false, null, true);
        }

        Failed after(@Nullable Duration wait) {
            return new Failed(cause, inDoubt, isFinal, wait, itself);
        }

        /** In plain words, without any secret. */
        public String error() {
            return cause.sentence();
        }
    }

    /**
     * No try: the endpoint is left alone.
     *
     * @param cause why the last try there failed, whose notice it ever was
     * @param left until it may be tried again
     * @param asked for so much of it the receiver asked; null where it did not
     */
    record Skipped(FailureCause cause, Duration left, @Nullable Duration asked)
            implements Delivery {}
}
