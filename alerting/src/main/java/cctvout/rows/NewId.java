package cctvout.rows;

import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/** Ids that sort by the time they were made (UUID version 7, RFC 9562 section 5.7). */
public final class NewId implements Supplier<String> {

    private final InstantSource clock;

    public NewId(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public String get() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long time = clock.millis() << 16 | 0x7000 | random.nextInt(0x1000);
        long rest = random.nextLong() >>> 2 | 0x8000_0000_0000_0000L;
        return new UUID(time, rest).toString();
    }
}
