package cctvout.simulator;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What can be wrong with a simulated camera, its line or its media server. */
public enum Fault {
    /** The playlist is served on and moves no more. */
    FREEZE("freeze"),
    /** Everything of the stream is 404. */
    NOT_FOUND("404"),
    /** Everything of the stream is 500. */
    BROKEN("500"),
    /** Everything of the stream is 503. */
    UNAVAILABLE("503"),
    /** Headers come after {@link FleetOptions#slowBy()}. */
    SLOW("slow"),
    /** Headers at once, then a byte each {@link FleetOptions#dripEvery()}. */
    DRIP("drip"),
    /** Status 200 and bytes that mean nothing. */
    GARBAGE("garbage"),
    /** Status 200 and no body. */
    EMPTY("empty"),
    /** The playlist stands still and says ENDLIST. */
    ENDED("ended"),
    /** The playlist moves, no segment is there. */
    SEGMENT_NOT_FOUND("segment-404"),
    /** The playlist moves, segments are no media. */
    SEGMENT_GARBAGE("segment-garbage"),
    /**
     * As Wowza does it: the last chunklist is served on unchanged, without ENDLIST, for {@link
     * FleetOptions#encoderLinger()}, then 404.
     */
    ENCODER_LOST("encoder-lost"),
    /** The server's process is gone, its address answers pings: connections are reset. */
    DOWN("down"),
    /**
     * The line is cut: connections are never answered, pings neither (see {@link CutLines}). Behind
     * a media server that is not cut itself, it looks there like {@link #ENCODER_LOST}.
     */
    CUT("cut"),
    /** Half of the pings are lost (see {@link CutLines}), the stream is well. */
    LOSSY("lossy"),
    /** Pings take {@link CutLines#LAG} longer, the stream is well. */
    LAGGING("lagging"),
    /** Every body has a gigabyte, sent as fast as it is read. */
    HUGE("huge"),
    /** Every body unpacks to a gigabyte. */
    GZIP_BOMB("gzip-bomb"),
    /** Every answer is a redirect to where it came from. */
    REDIRECT_LOOP("redirect-loop"),
    /** The head of an answer never ends. */
    ENDLESS_HEADERS("endless-headers");

    private final String word;

    Fault(String word) {
        this.word = word;
    }

    /** As scenario files call it. */
    public String word() {
        return word;
    }

    public static Optional<Fault> of(String word) {
        String wanted = word.toLowerCase(Locale.ROOT);
        return Arrays.stream(values()).filter(fault -> fault.word.equals(wanted)).findFirst();
    }

    static String words() {
        return Arrays.stream(values()).map(Fault::word).collect(Collectors.joining(", "));
    }
}
