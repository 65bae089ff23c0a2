package cctvout.icmp;

import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

/** An echo request written, and its answer read as a raw socket has it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PacketBenchmark {

    private static final int IP_HEADER = 20;
    private static final int PAYLOAD = 56;

    private final ByteBuffer request = ByteBuffer.allocateDirect(EchoPacket.HEADER + PAYLOAD);
    private final ByteBuffer reply =
            ByteBuffer.allocateDirect(IP_HEADER + EchoPacket.HEADER + PAYLOAD);

    public PacketBenchmark() {
        reply.put((byte) 0x45).position(9).put((byte) 1).position(IP_HEADER);
        EchoPacket.write(reply, IcmpFamily.V4, 1, 2, 3, 4);
        // an answer: type 0, the checksum higher by the 8 that the type lost
        reply.put(IP_HEADER, (byte) 0);
        reply.putShort(
                IP_HEADER + 2, (short) (EchoPacket.checksum(zeroed(), IP_HEADER, reply.limit())));
        reply.position(0);
    }

    private ByteBuffer zeroed() {
        reply.putShort(IP_HEADER + 2, (short) 0);
        return reply;
    }

    @Benchmark
    public ByteBuffer write() {
        request.clear();
        EchoPacket.write(request, IcmpFamily.V4, 1, 2, 3, 4);
        return request;
    }

    @Benchmark
    public @Nullable Object read() {
        return EchoPacket.read(reply, IcmpFamily.V4, true);
    }
}
