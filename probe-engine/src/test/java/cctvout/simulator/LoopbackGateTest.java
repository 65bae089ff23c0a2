package cctvout.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicBoolean;

class LoopbackGateTest {

    @ParameterizedTest
    @CsvSource({
        "127.16.0.1, true",
        "127.0.0.1, true",
        "10.0.0.1, false",
        "192.0.2.1, false",
        "0.0.0.0, false",
        "fe80::1, false"
    })
    void onlyConnectionsToLoopbackAddressesPass(String local, boolean passes)
            throws UnknownHostException {
        var board = new FaultBoard(Fleet.of(1), Scenario.NONE, Clock.systemUTC());
        var passed = new AtomicBoolean();
        var channel =
                new AcceptedChannel(
                        new InetSocketAddress(InetAddress.getByName(local), 80),
                        new LoopbackGate(board),
                        new ChannelInboundHandlerAdapter() {
                            @Override
                            public void channelActive(ChannelHandlerContext context) {
                                passed.set(true);
                            }
                        });
        assertThat(passed.get()).isEqualTo(passes);
        assertThat(channel.isOpen()).isEqualTo(passes);
        channel.finishAndReleaseAll();
    }

    /** A channel that was accepted at an address. */
    private static final class AcceptedChannel extends EmbeddedChannel {
        private final SocketAddress local;

        AcceptedChannel(SocketAddress local, ChannelHandler... handlers) {
            super(false, false);
            this.local = local;
            pipeline().addLast(handlers);
            try {
                register();
            } catch (Exception failed) {
                throw new AssertionError(failed);
            }
        }

        @Override
        protected SocketAddress localAddress0() {
            return local;
        }
    }
}
