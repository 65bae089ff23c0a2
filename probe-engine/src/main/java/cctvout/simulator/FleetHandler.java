package cctvout.simulator;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Answers each request from the clock and the board: nothing is kept for a camera. Any thread. */
final class FleetHandler {

    private static final String NOT_FOUND = "404 Not Found";
    private static final byte[] GARBAGE = garbage();
    private static final byte[] NOTHING = {};

    private final FleetOptions options;
    private final FaultBoard board;
    private final LiveStream live;
    private final Segments segments;

    FleetHandler(FleetOptions options, FaultBoard board) {
        this.options = options;
        this.board = board;
        this.live = new LiveStream(options.targetDuration(), options.window());
        this.segments = new Segments(new TransportStream(options.targetDuration()));
    }

    private static byte[] garbage() {
        byte[] bytes = new byte[2048];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    Reply answer(FleetRequest request) {
        Resource resource = Resource.parse(request.path());
        SimulatedCamera camera =
                resource == null ? null : options.fleet().camera(resource.camera());
        if (resource == null || camera == null || camera.host() != request.host()) {
            return Reply.status(NOT_FOUND);
        }
        if (!request.method().equals("GET")) {
            return Reply.status("405 Method Not Allowed");
        }
        Condition condition = board.stream(camera);
        return condition == null
                ? content(resource, options.clock().millis(), false, request)
                : troubled(resource, condition, request);
    }

    private Reply troubled(Resource resource, Condition condition, FleetRequest request) {
        long now = options.clock().millis();
        boolean segment = resource.kind() == Resource.Kind.SEGMENT;
        return switch (condition.fault()) {
            case FREEZE -> content(resource, condition.sinceMs(), false, request);
            case ENDED -> content(resource, condition.sinceMs(), true, request);
            case NOT_FOUND -> Reply.status(NOT_FOUND);
            case BROKEN -> Reply.status("500 Internal Server Error");
            case UNAVAILABLE -> Reply.status("503 Service Unavailable");
            case SLOW -> new Reply.Late(content(resource, now, false, request), options.slowBy());
            case DRIP -> drip(resource);
            case GARBAGE -> Reply.body(typeOf(resource), GARBAGE);
            case EMPTY -> Reply.body(typeOf(resource), NOTHING);
            case ENCODER_LOST ->
                    now - condition.sinceMs() > options.encoderLinger().toMillis()
                            ? Reply.status(NOT_FOUND)
                            : content(resource, condition.sinceMs(), false, request);
            case SEGMENT_NOT_FOUND ->
                    segment ? Reply.status(NOT_FOUND) : content(resource, now, false, request);
            case SEGMENT_GARBAGE ->
                    segment
                            ? Reply.body(Reply.MEDIA, GARBAGE)
                            : content(resource, now, false, request);
            case DOWN -> new Reply.Reset();
            case CUT -> new Reply.Silence();
            case LOSSY, LAGGING -> content(resource, now, false, request);
            case HUGE -> Hostile.huge(typeOf(resource));
            case GZIP_BOMB -> Hostile.gzipBomb(typeOf(resource));
            case REDIRECT_LOOP -> Hostile.redirectLoop(request.path());
            case ENDLESS_HEADERS -> Hostile.endlessHeaders();
        };
    }

    private Reply.Whole content(Resource resource, long atMs, boolean ended, FleetRequest request) {
        return switch (resource.kind()) {
            case ENTRY, CHUNKLIST -> Reply.body(Reply.PLAYLIST, playlist(resource, atMs, ended));
            case SEGMENT -> segment(resource, atMs, request.range());
        };
    }

    private byte[] playlist(Resource resource, long atMs, boolean ended) {
        int camera = resource.camera();
        String text =
                resource.kind() == Resource.Kind.ENTRY
                        ? live.entry(camera)
                        : live.chunklist(camera, live.edge(camera, atMs), ended);
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private Reply.Whole segment(Resource resource, long atMs, @Nullable String header) {
        long sequence = resource.sequence();
        if (!live.available(sequence, live.edge(resource.camera(), atMs))) {
            return Reply.status(NOT_FOUND);
        }
        String ranges = "Accept-Ranges: bytes";
        int size = segments.size();
        ByteRange range = ByteRange.parse(header, size);
        if (range == null) {
            return Reply.body(Reply.MEDIA, segments.whole(sequence), ranges);
        }
        String taken = "Content-Range: " + range.contentRange(size);
        if (!range.isSatisfiable()) {
            return Reply.status("416 Range Not Satisfiable", ranges, taken);
        }
        return Reply.part(
                "206 Partial Content",
                Reply.MEDIA,
                segments.whole(sequence),
                range.from(),
                range.to(),
                ranges,
                taken);
    }

    private Reply drip(Resource resource) {
        byte[] whole =
                resource.kind() == Resource.Kind.SEGMENT
                        ? GARBAGE
                        : live.entry(resource.camera()).getBytes(StandardCharsets.US_ASCII);
        return new Reply.Drip(
                Reply.head("200 OK", typeOf(resource), whole.length), whole, options.dripEvery());
    }

    private static String typeOf(Resource resource) {
        return resource.kind() == Resource.Kind.SEGMENT ? Reply.MEDIA : Reply.PLAYLIST;
    }
}
