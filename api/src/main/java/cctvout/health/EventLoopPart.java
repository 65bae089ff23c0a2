package cctvout.health;

import cctvout.lifecycle.LivingPart;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.EventExecutorGroup;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One event loop: it does what it is given in its order, so one that stands still leaves every
 * connection that is its own without a word, while the others go on answering.
 */
final class EventLoopPart implements LivingPart {

    private final EventExecutor loop;
    private final String name;
    private final AtomicLong given = new AtomicLong();
    private final AtomicLong done = new AtomicLong();
    private volatile @Nullable Thread thread;

    EventLoopPart(EventExecutor loop, String name) {
        this.loop = loop;
        this.name = name;
    }

    static List<LivingPart> of(EventExecutorGroup group, String name) {
        List<LivingPart> all = new ArrayList<>();
        for (EventExecutor loop : group) {
            all.add(new EventLoopPart(loop, name + " " + (all.size() + 1)));
        }
        return all;
    }

    @Override
    public String part() {
        return name;
    }

    /** Gives it the next small task when the one before is done. */
    @Override
    public long beats() {
        if (loop.isShuttingDown()) {
            return System.nanoTime();
        }
        long finished = done.get();
        if (given.compareAndSet(finished, finished + 1)) {
            loop.execute(
                    () -> {
                        thread = Thread.currentThread();
                        done.incrementAndGet();
                    });
        }
        return finished;
    }

    @Override
    public @Nullable Thread thread() {
        return thread;
    }
}
