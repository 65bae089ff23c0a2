package cctvout.hls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.Random;

class BodyBufferTest {

    private static final int CAP = 200_000;

    private final Random random = new Random(7);

    @Test
    void whatCameInAnyPartsIsWhole() {
        for (int round = 0; round < 200; round++) {
            byte[] body = bytes(random.nextInt(CAP + 1));
            var gathered = new BodyBuffer(CAP, false);
            gathered.expect(random.nextBoolean() ? body.length : random.nextInt(CAP));
            for (int from = 0; from < body.length; ) {
                int to = Math.min(body.length, from + 1 + random.nextInt(90_000));
                byte[] part = Arrays.copyOfRange(body, from, to);
                assertThat(gathered.add(wrapped(part))).isFalse();
                from = to;
            }
            assertThat(gathered.bytes()).isEqualTo(body);
        }
    }

    @Test
    void ofAHeadTheRestIsNotWanted() {
        byte[] body = bytes(CAP + 1);
        var gathered = new BodyBuffer(CAP, true);
        gathered.expect(Long.MAX_VALUE);
        assertThat(gathered.add(wrapped(body))).isTrue();
        assertThat(gathered.bytes()).isEqualTo(Arrays.copyOf(body, CAP));
    }

    @Test
    void overTheCapIsTooLargeAsSoonAsItIsAnnouncedOrThere() {
        var announced = new BodyBuffer(CAP, false);
        announced.expect(CAP);
        assertThatThrownBy(() -> announced.expect(CAP + 1L)).isInstanceOf(StreamFault.class);
        var sent = new BodyBuffer(CAP, false);
        assertThat(sent.add(wrapped(bytes(CAP)))).isFalse();
        assertThat(sent.add(wrapped(new byte[0]))).isFalse();
        assertThatThrownBy(() -> sent.add(wrapped(bytes(1)))).isInstanceOf(StreamFault.class);
        assertThat(sent.bytes()).hasSize(CAP);
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private static ByteBuf wrapped(byte[] bytes) {
        return Unpooled.wrappedBuffer(bytes);
    }
}
