package cctvout.store;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioSocketChannel;

import jdk.net.ExtendedSocketOptions;

import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.TcpResources;

/**
 * The usual event loops, with sockets whose kernel gives up a server that is gone without a word (a
 * host without power, a firewall that drops): else a statement under way waits for a quarter of an
 * hour, and with it all that comes after it. See {@code tcp(7)}, TCP_USER_TIMEOUT and TCP_KEEPIDLE.
 */
final class WatchedSockets implements LoopResources {

    private final LoopResources usual = TcpResources.get();
    private final Keepalive watch;

    WatchedSockets(Keepalive watch) {
        this.watch = watch;
    }

    @Override
    public <C extends Channel> C onChannel(Class<C> type, EventLoopGroup group) {
        C channel = usual.onChannel(type, group);
        switch (channel) {
            case EpollSocketChannel _ -> {
                set(channel, EpollChannelOption.TCP_USER_TIMEOUT, watch.unansweredMillis());
                set(channel, EpollChannelOption.TCP_KEEPIDLE, watch.idle());
                set(channel, EpollChannelOption.TCP_KEEPINTVL, watch.between());
                set(channel, EpollChannelOption.TCP_KEEPCNT, Keepalive.LOOKS);
            }
            case NioSocketChannel _ -> {
                set(channel, NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE), watch.idle());
                set(
                        channel,
                        NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPINTERVAL),
                        watch.between());
                set(
                        channel,
                        NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPCOUNT),
                        Keepalive.LOOKS);
            }
            default -> {}
        }
        return channel;
    }

    private static <T> void set(Channel channel, ChannelOption<T> option, T value) {
        channel.config().setOption(option, value);
    }

    @Override
    public <C extends Channel> Class<? extends C> onChannelClass(
            Class<C> type, EventLoopGroup group) {
        return usual.onChannelClass(type, group);
    }

    @Override
    public EventLoopGroup onClient(boolean useNative) {
        return usual.onClient(useNative);
    }

    @Override
    public EventLoopGroup onServer(boolean useNative) {
        return usual.onServer(useNative);
    }
}
