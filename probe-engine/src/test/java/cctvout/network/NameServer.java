package cctvout.network;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.codec.dns.DatagramDnsQuery;
import io.netty.handler.codec.dns.DatagramDnsQueryDecoder;
import io.netty.handler.codec.dns.DatagramDnsResponse;
import io.netty.handler.codec.dns.DatagramDnsResponseEncoder;
import io.netty.handler.codec.dns.DefaultDnsRawRecord;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.handler.codec.dns.DnsSection;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A name server on 127.0.0.1 that says what the test scripts, and counts what it was asked. */
final class NameServer implements AutoCloseable {

    private final EventLoopGroup group =
            new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Map<String, List<InetAddress>> names = new ConcurrentHashMap<>();
    private final Map<String, DnsResponseCode> errors = new ConcurrentHashMap<>();
    private final Channel channel;
    final AtomicInteger queries = new AtomicInteger();

    /** Seconds for which an answer may be kept. */
    volatile int ttl = 60;

    NameServer() {
        channel =
                new Bootstrap()
                        .group(group)
                        .channel(NioDatagramChannel.class)
                        .handler(
                                new ChannelInitializer<>() {
                                    @Override
                                    protected void initChannel(Channel opened) {
                                        opened.pipeline()
                                                .addLast(
                                                        new DatagramDnsQueryDecoder(),
                                                        new DatagramDnsResponseEncoder(),
                                                        new Answers());
                                    }
                                })
                        .bind(new InetSocketAddress("127.0.0.1", 0))
                        .syncUninterruptibly()
                        .channel();
    }

    InetSocketAddress address() {
        return (InetSocketAddress) channel.localAddress();
    }

    NameServer answer(String name, String... addresses) {
        names.put(name, Arrays.stream(addresses).map(InetAddress::ofLiteral).toList());
        return this;
    }

    NameServer refuse(String name, DnsResponseCode code) {
        errors.put(name, code);
        return this;
    }

    @Override
    public void close() {
        channel.close().syncUninterruptibly();
        group.shutdownGracefully();
    }

    private final class Answers extends SimpleChannelInboundHandler<DatagramDnsQuery> {

        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramDnsQuery query) {
            queries.incrementAndGet();
            DnsQuestion question = query.recordAt(DnsSection.QUESTION);
            String asked = question.name().replaceAll("\\.$", "");
            DnsResponseCode error = errors.get(asked);
            List<InetAddress> known = names.get(asked);
            if (error == null && known == null) {
                return; // silent
            }
            DatagramDnsResponse answer =
                    new DatagramDnsResponse(query.recipient(), query.sender(), query.id());
            answer.setCode(error == null ? DnsResponseCode.NOERROR : error);
            answer.addRecord(DnsSection.QUESTION, question);
            for (InetAddress address : known == null ? List.<InetAddress>of() : known) {
                byte[] bytes = address.getAddress();
                DnsRecordType type = bytes.length == 4 ? DnsRecordType.A : DnsRecordType.AAAA;
                if (type.equals(question.type())) {
                    answer.addRecord(
                            DnsSection.ANSWER,
                            new DefaultDnsRawRecord(
                                    question.name(), type, ttl, Unpooled.wrappedBuffer(bytes)));
                }
            }
            context.writeAndFlush(answer);
        }
    }
}
