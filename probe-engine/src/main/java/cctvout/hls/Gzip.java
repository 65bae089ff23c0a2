package cctvout.hls;

import io.netty.buffer.Unpooled;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Decompression that stops at a cap: a small body may unfold to gigabytes. */
final class Gzip {

    private static final int AT_ONCE = 8192;

    private Gzip() {}

    /**
     * @throws StreamFault {@link HlsReason#BODY_TOO_LARGE}, {@link HlsReason#NOT_A_PLAYLIST}
     */
    static byte[] unpack(byte[] body, int cap) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body), 4096)) {
            var unpacked = new BodyBuffer(cap, false);
            byte[] part = new byte[AT_ONCE];
            for (int read = in.read(part); read >= 0; read = in.read(part)) {
                unpacked.add(Unpooled.wrappedBuffer(part, 0, read));
            }
            return unpacked.bytes();
        } catch (ZipException | EOFException broken) {
            throw new StreamFault(
                    HlsReason.NOT_A_PLAYLIST, "Content-Encoding gzip: " + broken.getMessage());
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
