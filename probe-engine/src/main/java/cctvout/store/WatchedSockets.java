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

import java.time.Duration;

/**
 * The usual event loops, with sockets whose kernel gives up a server that is gone without a word (a
 * host without power, a firewall that drops): else a statement under way waits for a quarter of an
 * hour, and with it all that comes after it. See {@code tcp(7)}, TCP_USER_TIMEOUT and TCP_KEEPIDLE.
 */
final class WatchedSockets implements LoopResources {

    private static final int LOOKS = 3;

    private final LoopResources usual = TcpResources.get();
    private final Duration silence;

    /**
     * @param silence after which it is gone, 2 s or more, kept to a second
     */
    WatchedSockets(Duration silence) {
        this.silence = silence;
    }

    @Override
    public <C extends Channel> C onChannel(Class<C> type, EventLoopGroup group) {
        C channel = usual.onChannel(type, group);
        int seconds = Math.toIntExact(silence.toSeconds());
        int between = Math.max(1, seconds / (LOOKS + 1));
        int idle = Math.max(1, seconds - LOOKS * between);
        switch (channel) {
            case EpollSocketChannel _ -> {
                set(channel, EpollChannelOption.TCP_USER_TIMEOUT, seconds * 1000);
                set(channel, EpollChannelOption.TCP_KEEPIDLE, idle);
                set(channel, EpollChannelOption.TCP_KEEPINTVL, between);
                set(channel, EpollChannelOption.TCP_KEEPCNT, LOOKS);
            }
            case NioSocketChannel _ -> {
                set(channel, NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE), idle);
                set(channel, NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPINTERVAL), between);
                set(channel, NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPCOUNT), LOOKS);
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
