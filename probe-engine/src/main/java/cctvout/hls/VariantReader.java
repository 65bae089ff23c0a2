package cctvout.hls;

import cctvout.hls.Playlist.Multivariant;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Locale;

/** Gathers what a multivariant playlist says (RFC 8216 section 4.3.4). For one use. */
final class VariantReader {

    /** Sample entries that are audio or text for certain (RFC 6381). */
    private static final List<String> OTHERS =
            List.of("mp4a", "ac-3", "ec-3", "opus", "flac", "alac", "stpp", "wvtt");

    private boolean announced;
    private boolean mayCarryVideo;
    private int variants;
    private @Nullable String usable;

    /** EXT-X-STREAM-INF was read. */
    void announced(String attributes) {
        announced = true;
        mayCarryVideo = mayCarryVideo(Attributes.value(attributes, "CODECS"));
    }

    boolean awaitsUri() {
        return announced;
    }

    void uri(String uri) {
        announced = false;
        variants++;
        if (usable == null && mayCarryVideo) {
            usable = uri;
        }
    }

    Multivariant playlist() {
        return new Multivariant(variants, usable);
    }

    /** Not where the codecs are named and all of them are audio or text. */
    private static boolean mayCarryVideo(@Nullable String codecs) {
        if (codecs == null || codecs.isBlank()) {
            return true;
        }
        for (String codec : codecs.split(",")) {
            String name = codec.strip().toLowerCase(Locale.ROOT);
            if (OTHERS.stream().noneMatch(name::startsWith)) {
                return true;
            }
        }
        return false;
    }
}
