package cctvout.icmp;

/** Answers that the sockets had no room for, and until when that was. */
final class LostAnswers {

    private long count;
    private long until;

    /**
     * Looks.
     *
     * @param soFar of the sockets in use
     */
    void look(long soFar, long now) {
        if (soFar != count) {
            count = soFar;
            until = now;
        }
    }

    long count() {
        return count;
    }

    /** Whether what left then may have been answered without our knowing. */
    boolean mayHaveHit(long sentAt) {
        return count != 0 && sentAt - until < 0;
    }
}
