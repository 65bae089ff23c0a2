package cctvout.simulator;

/** Whom a step of a scenario is about. */
public sealed interface Target {

    /** Every camera. */
    record All() implements Target {}

    /**
     * Cameras by number.
     *
     * @param from first, from 1
     * @param to last, itself included
     */
    record Cameras(int from, int to) implements Target {
        public Cameras {
            if (from < 1 || to < from) {
                throw new IllegalArgumentException("cameras: " + from + "-" + to + " is no range");
            }
        }
    }

    /** All cameras of a line, and the line itself. */
    record Line(String name) implements Target {}

    /** All cameras of a district. */
    record District(String name) implements Target {}

    /**
     * A media server and all streams on it.
     *
     * @param number from 1, in the order of the fleet
     */
    record Server(int number) implements Target {
        public Server {
            if (number < 1) {
                throw new IllegalArgumentException("server: numbers begin at 1");
            }
        }
    }

    static Target camera(int number) {
        return new Cameras(number, number);
    }
}
