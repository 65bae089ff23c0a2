package cctvout.cluster;

import cctvout.camera.CameraId;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** All cameras in 256 parts of about the same size, by their ids. */
public final class Shard {

    public static final int COUNT = 256;

    /** 0 to 255. */
    public static final Set<Integer> ALL =
            IntStream.range(0, COUNT).boxed().collect(Collectors.toUnmodifiableSet());

    /** Made once, at the start: a new one may read files. */
    private static final MessageDigest MD5 = md5();

    private Shard() {}

    /** The first byte of the id's MD5: PostgreSQL computes it too, for {@code camera.shard}. */
    public static int of(CameraId id) {
        try {
            MessageDigest own = (MessageDigest) MD5.clone();
            return own.digest(id.value().getBytes(StandardCharsets.UTF_8))[0] & 0xff;
        } catch (CloneNotSupportedException never) {
            throw new IllegalStateException(never);
        }
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException(never);
        }
    }
}
