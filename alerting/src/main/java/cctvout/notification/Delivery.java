package cctvout.notification;

/** What came of one try. */
public sealed interface Delivery {

    record Sent() implements Delivery {}

    /**
     * @param error in plain words, without any secret
     * @param inDoubt the receiver may have got it all the same
     * @param isFinal another try would end the same
     */
    record Failed(String error, boolean inDoubt, boolean isFinal) implements Delivery {

        static Failed refused(String error) {
            return new Failed(error, false, false);
        }
    }
}
