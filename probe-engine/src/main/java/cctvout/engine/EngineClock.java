package cctvout.engine;

import cctvout.store.StoredClock;

import reactor.core.scheduler.Scheduler;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** The loop's time: one that never goes back, to schedule by, and the wall's, to write down. */
interface EngineClock {

    long nanos();

    Instant now();

    static EngineClock system() {
        return new EngineClock() {
            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public Instant now() {
                return StoredClock.UTC.instant();
            }
        };
    }

    /** Virtual time: both from the scheduler that a test moves. */
    static EngineClock of(Scheduler scheduler) {
        return new EngineClock() {
            @Override
            public long nanos() {
                return scheduler.now(TimeUnit.NANOSECONDS);
            }

            @Override
            public Instant now() {
                return Instant.EPOCH.plusNanos(nanos());
            }
        };
    }
}
