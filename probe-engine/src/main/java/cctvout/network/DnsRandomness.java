package cctvout.network;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/** Netty draws query ids from {@code /dev/urandom}, which does not block. */
public final class DnsRandomness implements BlockHoundIntegration {

    @Override
    public void applyTo(BlockHound.Builder builder) {
        builder.allowBlockingCallsInside(
                "io.netty.resolver.dns.DnsQueryIdSpace$DnsQueryIdRange", "pushId");
    }
}
