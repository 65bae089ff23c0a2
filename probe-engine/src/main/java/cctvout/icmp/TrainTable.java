package cctvout.icmp;

/**
 * The places of all trains that may be in flight, made once. A slot stands for one echo: {@code
 * train * count + echo}. For one thread.
 */
final class TrainTable {

    private final int count;
    private final EchoTrain[] trains;
    private final int[] free;
    private int freeCount;

    TrainTable(int places, int count) {
        this.count = count;
        trains = new EchoTrain[places];
        free = new int[places];
        freeCount = places;
        for (int i = 0; i < places; i++) {
            free[i] = places - 1 - i;
            trains[i] = new EchoTrain(i, count);
        }
    }

    /** A train to begin; there must be room for it. */
    EchoTrain take() {
        return trains[free[--freeCount]];
    }

    void release(EchoTrain train) {
        free[freeCount++] = train.index;
    }

    boolean full() {
        return freeCount == 0;
    }

    int inFlight() {
        return free.length - freeCount;
    }

    EchoTrain[] all() {
        return trains;
    }

    int slots() {
        return trains.length * count;
    }

    int slot(EchoTrain train, int echo) {
        return train.index * count + echo;
    }

    EchoTrain train(int slot) {
        return trains[slot / count];
    }

    int echo(int slot) {
        return slot % count;
    }

    /** Whether there is such a slot, and this is the sequence that its echo carries. */
    boolean has(int slot, int sequence) {
        return slot >= 0 && slot < slots() && (slot & 0xffff) == sequence;
    }
}
