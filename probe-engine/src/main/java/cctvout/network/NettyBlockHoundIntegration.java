package cctvout.network;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * Where BlockHound watches (in tests), what Netty does on its loops without waiting for anybody's
 * input or output: query ids come from {@code /dev/urandom}, and the allocator of buffers holds a
 * lock for some instructions while it hands magazines of chunks to more threads. Two loops that
 * meet there park for microseconds, and rarely.
 */
public final class NettyBlockHoundIntegration implements BlockHoundIntegration {

    private static final String ALLOCATOR = "io.netty.buffer.AdaptivePoolingAllocator$Magazine";

    @Override
    public void applyTo(BlockHound.Builder builder) {
        builder.allowBlockingCallsInside(
                        "io.netty.resolver.dns.DnsQueryIdSpace$DnsQueryIdRange", "pushId")
                .allowBlockingCallsInside(ALLOCATOR, "free")
                .allowBlockingCallsInside(ALLOCATOR + "Group", "free");
    }
}
