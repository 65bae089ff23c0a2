package cctvout.hls;

import cctvout.hls.Playlist.Media;
import cctvout.hls.Playlist.Segment;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** What answers mean. Pure: each rule either lets a check go on or throws its reason. */
final class HlsJudge {

    private static final Duration USUAL_TARGET = Duration.ofSeconds(10);
    private static final Duration SHORTEST_TARGET = Duration.ofSeconds(1);
    private static final Duration LONGEST_TARGET = Duration.ofMinutes(10);

    /** Loaded at less than half the speed at which it plays. */
    private static final double SLOW = 2;

    private HlsJudge() {}

    /**
     * @throws StreamFault where it is no 2xx
     */
    static void playlistStatus(int status, boolean entry) {
        if (status >= 200 && status < 300) {
            return;
        }
        HlsReason reason =
                switch (status) {
                    case 401 -> entry ? HlsReason.HTTP_401 : HlsReason.SESSION_LOST;
                    case 403 -> entry ? HlsReason.HTTP_403 : HlsReason.SESSION_LOST;
                    case 404, 410 -> HlsReason.HTTP_404;
                    case 429, 503 -> HlsReason.RATE_LIMITED;
                    default -> otherStatus(status);
                };
        throw new StreamFault(reason, "HTTP " + status, status);
    }

    private static HlsReason otherStatus(int status) {
        if (status >= 500) {
            return HlsReason.HTTP_5XX;
        }
        return status >= 400 ? HlsReason.HTTP_4XX : HlsReason.NOT_A_PLAYLIST;
    }

    static boolean missing(int status) {
        return status >= 400 && status < 500 && status != 429 && status != 416;
    }

    /**
     * A segment's or an initialization section's answer that is neither there nor missing.
     *
     * @throws StreamFault where it is no 2xx
     */
    static void segmentStatus(int status) {
        if (status == 416) { // a range from 0 on is beyond an empty file alone
            throw new StreamFault(HlsReason.SEGMENT_EMPTY, "HTTP 416", status);
        }
        playlistStatus(status, false);
    }

    static StreamFault segmentsMissing(int status) {
        boolean session = status == 401 || status == 403;
        return new StreamFault(
                session ? HlsReason.SESSION_LOST : HlsReason.SEGMENT_404,
                "segment: HTTP " + status,
                status);
    }

    /** A playlist that there is something to fetch from. */
    static void playable(Media media, Findings findings) {
        if (media.ended()) {
            throw new StreamFault(HlsReason.STREAM_ENDED, "#EXT-X-ENDLIST");
        }
        if (media.segments() == 0 && media.parts() == 0) {
            findings.lookAgain(target(media));
            throw new StreamFault(HlsReason.EMPTY_PLAYLIST, "no segment");
        }
        if (media.newest() == null) {
            findings.lookAgain(target(media));
            throw new StreamFault(HlsReason.ALL_GAP, media.segments() + " segments, all gaps");
        }
    }

    static void freshness(Media media, Findings findings, Instant now) {
        Edge before = findings.before();
        String uri = media.lastUri() == null ? "" : media.lastUri();
        Edge edge =
                new Edge(
                        media.position(),
                        media.parts(),
                        Edge.prefixOf(uri),
                        now,
                        target(media),
                        Edge.Motion.UNPROVEN,
                        before == null ? null : before.sample());
        fresh(Freshness.judge(before, edge), before, findings);
    }

    /** HTTP 304: the edge is where it was. */
    static void unchanged(Edge before, Findings findings, Instant now) {
        fresh(Freshness.judge(before, before.since(now, before.motion())), before, findings);
    }

    private static void fresh(Freshness freshness, @Nullable Edge before, Findings findings) {
        findings.judged(freshness);
        Edge edge = freshness.edge();
        switch (freshness.state()) {
            case STALE ->
                    throw new StreamFault(
                            HlsReason.STALE_PLAYLIST,
                            "still at "
                                    + edge.position()
                                    + " since "
                                    + edge.movedAt()
                                    + ", target duration "
                                    + edge.targetDuration().toMillis()
                                    + " ms");
            case REGRESSED ->
                    throw new StreamFault(
                            HlsReason.SEQUENCE_REGRESSED,
                            "went back to " + edge.position() + " and stays");
            case RESET -> findings.warn(HlsReason.SEQUENCE_RESET, "sequence began anew");
            case FRESH, UNPROVEN, DOUBTED -> {
                // a second look, if any, is asked for
            }
        }
        if (before != null && !before.targetDuration().equals(edge.targetDuration())) {
            findings.warn(
                    HlsReason.NO_TARGETDURATION,
                    "target duration was "
                            + before.targetDuration().toMillis()
                            + " ms and is "
                            + edge.targetDuration().toMillis());
        }
    }

    static void targetDuration(Media media, Findings findings) {
        if (media.targetDuration() == null) {
            findings.warn(HlsReason.NO_TARGETDURATION, "no #EXT-X-TARGETDURATION");
        }
    }

    /**
     * RFC 8216 section 4, and the older names that servers still use; no type at all is let pass.
     */
    static void mime(@Nullable String contentType, Findings findings) {
        if (contentType == null) {
            return;
        }
        int end = contentType.indexOf(';');
        String type = (end < 0 ? contentType : contentType.substring(0, end)).strip();
        if (!type.toLowerCase(Locale.ROOT).contains("mpegurl")) {
            findings.warn(HlsReason.WRONG_MIME, "Content-Type " + type);
        }
    }

    /** The declared one, or the newest segment where that is longer, or what stands in. */
    private static Duration target(Media media) {
        Double declared = media.targetDuration();
        Segment newest = media.newest();
        double played = newest == null ? media.longest() : newest.seconds();
        double seconds = declared == null ? media.longest() : Math.max(declared, Math.ceil(played));
        if (declared != null && played <= declared + 0.5) {
            seconds = declared;
        }
        if (seconds <= 0) {
            return USUAL_TARGET;
        }
        Duration target =
                Duration.ofMillis((long) Math.min(seconds * 1000, LONGEST_TARGET.toMillis()));
        return target.compareTo(SHORTEST_TARGET) < 0 ? SHORTEST_TARGET : target;
    }

    /**
     * @throws StreamFault where the segment is no media, or shows no picture
     */
    static void media(Answer answer, Segment segment, Findings findings) {
        byte[] head = answer.body();
        if (head.length == 0) {
            throw new StreamFault(HlsReason.SEGMENT_EMPTY, segment.uri(), answer.status());
        }
        long total = segment.range() == null ? answer.total() : segment.range().length();
        MediaSniffer.Kind kind = MediaSniffer.kind(head, head.length, segment.encrypted(), total);
        if (kind == MediaSniffer.Kind.NOT_MEDIA) {
            throw notMedia("segment", answer);
        }
        video(answer, kind);
        moving(answer, segment, kind, findings);
        slow(answer, segment, total, findings);
    }

    private static void video(Answer answer, MediaSniffer.Kind kind) {
        byte[] head = answer.body();
        String why =
                switch (kind) {
                    case TRANSPORT_STREAM ->
                            TransportStream.withoutVideo(head, head.length)
                                    ? "the programme map names no video"
                                    : null;
                    case FRAGMENTED_MP4 ->
                            new FragmentedMp4(head, head.length).withoutVideo()
                                    ? "no track of moov is video"
                                    : null;
                    case AUDIO -> "packed audio alone";
                    case ENCRYPTED, NOT_MEDIA -> null;
                };
        if (why != null) {
            throw new StreamFault(HlsReason.NO_VIDEO, why, answer.status());
        }
    }

    /** A picture that is sent again and again, in segments with ever new names. */
    private static void moving(
            Answer answer, Segment segment, MediaSniffer.Kind kind, Findings findings) {
        byte[] head = answer.body();
        if (segment.discontinuous()) {
            return;
        }
        long ticks =
                switch (kind) {
                    case TRANSPORT_STREAM -> TransportStream.firstPts(head, head.length);
                    case FRAGMENTED_MP4 -> new FragmentedMp4(head, head.length).decodeTime();
                    case AUDIO, ENCRYPTED, NOT_MEDIA -> -1;
                };
        Edge.Sample sample = findings.sampled(segment.index(), ticks);
        if (sample != null && sample.frozen()) {
            throw new StreamFault(
                    HlsReason.PTS_FROZEN,
                    "segment " + sample.segment() + " begins at " + ticks + " as one before it",
                    answer.status());
        }
    }

    /**
     * @throws StreamFault where the initialization section is missing, or is none
     */
    static void init(Answer answer, boolean encrypted) {
        if (missing(answer.status()) || answer.ok() && answer.body().length == 0) {
            throw new StreamFault(
                    HlsReason.INIT_404,
                    "initialization section: HTTP " + answer.status(),
                    answer.status());
        }
        segmentStatus(answer.status());
        byte[] head = answer.body();
        MediaSniffer.Kind kind = MediaSniffer.kind(head, head.length, encrypted, answer.total());
        if (kind == MediaSniffer.Kind.NOT_MEDIA) {
            throw notMedia("initialization section", answer);
        }
        video(answer, kind);
    }

    private static StreamFault notMedia(String what, Answer answer) {
        return new StreamFault(
                HlsReason.SEGMENT_NOT_MEDIA,
                what + " is " + MediaSniffer.describe(answer.body()),
                answer.status());
    }

    private static void slow(Answer answer, Segment segment, long total, Findings findings) {
        long whole = Math.max(total, answer.body().length);
        double estimate = answer.bodyNanos() / 1e9 * whole / answer.body().length;
        if (segment.seconds() > 0 && estimate > SLOW * segment.seconds()) {
            findings.warn(
                    HlsReason.SLOW,
                    String.format(
                            Locale.ROOT,
                            "a segment of %.1f s would take %.1f s",
                            segment.seconds(),
                            estimate));
        }
    }
}
