package cctvout.its;

import cctvout.camera.CameraId;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.Locale;

/**
 * A camera as the list has it. The list gives no id and its URLs change, so that name and place, to
 * about a metre, say which one it is.
 */
record ItsCamera(String name, double latitude, double longitude, String url) {

    private static final int ID_BYTES = 8;

    CameraId id() {
        String stable =
                String.format(
                        Locale.ROOT,
                        "%s\n%.5f\n%.5f",
                        Normalizer.normalize(name, Normalizer.Form.NFC),
                        latitude,
                        longitude);
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(stable.getBytes(StandardCharsets.UTF_8));
            return new CameraId("its-" + HexFormat.of().formatHex(digest, 0, ID_BYTES));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
