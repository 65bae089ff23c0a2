package cctvout.hls;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.util.concurrent.TimeUnit;

/** A live playlist of so many segments, as Wowza writes it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ParserBenchmark {

    @Param({"3", "10", "1000"})
    public int segments;

    private byte[] playlist = {};

    @Setup
    public void write() {
        StringBuilder text =
                new StringBuilder(
                        "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:10\n"
                                + "#EXT-X-MEDIA-SEQUENCE:48213\n");
        for (int i = 0; i < segments; i++) {
            text.append("#EXTINF:9.96,\nmedia_w1790236411_").append(48213 + i).append(".ts\n");
        }
        playlist = text.toString().getBytes(UTF_8);
    }

    @Benchmark
    public Object parse() {
        return Playlist.parse(playlist, playlist.length);
    }
}
