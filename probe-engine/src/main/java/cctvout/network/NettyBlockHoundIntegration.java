package cctvout.network;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * Where BlockHound watches (in tests), what is done on Netty's loops without waiting for anybody's
 * input or output: query ids come from {@code /dev/urandom}, and two locks are held for some
 * instructions, that of the allocator of buffers while it hands magazines of chunks to more
 * threads, and that of a timer's queue while an interval that was called off is taken out of it.
 * Two threads that meet there park for microseconds, and rarely.
 */
public final class NettyBlockHoundIntegration implements BlockHoundIntegration {

    private static final String ALLOCATOR = "io.netty.buffer.AdaptivePoolingAllocator$Magazine";
    private static final String TIMERS =
            "java.util.concurrent.ScheduledThreadPoolExecutor$DelayedWorkQueue";

    @Override
    public void applyTo(BlockHound.Builder builder) {
        builder.allowBlockingCallsInside(
                        "io.netty.resolver.dns.DnsQueryIdSpace$DnsQueryIdRange", "pushId")
                .allowBlockingCallsInside(ALLOCATOR, "free")
                .allowBlockingCallsInside(ALLOCATOR + "Group", "free")
                .allowBlockingCallsInside(TIMERS, "remove");
    }
}
