package cctvout.simulator;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

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

    /** The buffers of what it returns belong to the caller. */
    Reply answer(FleetRequest request, ByteBufAllocator alloc) {
        Resource resource = Resource.parse(request.path());
        SimulatedCamera camera =
                resource == null ? null : options.fleet().camera(resource.camera());
        if (resource == null || camera == null || camera.host() != request.host()) {
            return Reply.status(alloc, NOT_FOUND);
        }
        if (!request.method().equals("GET")) {
            return Reply.status(alloc, "405 Method Not Allowed");
        }
        Condition condition = board.stream(camera);
        return condition == null
                ? content(resource, options.clock().millis(), false, request, alloc)
                : troubled(resource, condition, request, alloc);
    }

    private Reply troubled(
            Resource resource, Condition condition, FleetRequest request, ByteBufAllocator alloc) {
        long now = options.clock().millis();
        boolean segment = resource.kind() == Resource.Kind.SEGMENT;
        return switch (condition.fault()) {
            case FREEZE -> content(resource, condition.sinceMs(), false, request, alloc);
            case ENDED -> content(resource, condition.sinceMs(), true, request, alloc);
            case NOT_FOUND -> Reply.status(alloc, NOT_FOUND);
            case BROKEN -> Reply.status(alloc, "500 Internal Server Error");
            case UNAVAILABLE -> Reply.status(alloc, "503 Service Unavailable");
            case SLOW ->
                    new Reply.Late(content(resource, now, false, request, alloc), options.slowBy());
            case DRIP -> drip(resource, alloc);
            case GARBAGE -> Reply.body(alloc, typeOf(resource), GARBAGE);
            case EMPTY -> Reply.body(alloc, typeOf(resource), NOTHING);
            case ENCODER_LOST ->
                    now - condition.sinceMs() > options.encoderLinger().toMillis()
                            ? Reply.status(alloc, NOT_FOUND)
                            : content(resource, condition.sinceMs(), false, request, alloc);
            case SEGMENT_NOT_FOUND ->
                    segment
                            ? Reply.status(alloc, NOT_FOUND)
                            : content(resource, now, false, request, alloc);
            case SEGMENT_GARBAGE ->
                    segment
                            ? Reply.body(alloc, Reply.MEDIA, GARBAGE)
                            : content(resource, now, false, request, alloc);
            case DOWN -> new Reply.Reset();
            case CUT -> new Reply.Silence();
            case LOSSY -> content(resource, now, false, request, alloc);
            case HUGE -> Hostile.huge(alloc, typeOf(resource));
            case GZIP_BOMB -> Hostile.gzipBomb(alloc, typeOf(resource));
            case REDIRECT_LOOP -> Hostile.redirectLoop(alloc, request.path());
            case ENDLESS_HEADERS -> Hostile.endlessHeaders();
        };
    }

    private Reply.Whole content(
            Resource resource,
            long atMs,
            boolean ended,
            FleetRequest request,
            ByteBufAllocator alloc) {
        return switch (resource.kind()) {
            case ENTRY, CHUNKLIST ->
                    Reply.body(alloc, Reply.PLAYLIST, playlist(resource, atMs, ended));
            case SEGMENT -> segment(resource, atMs, request.range(), alloc);
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

    private Reply.Whole segment(
            Resource resource, long atMs, @Nullable String header, ByteBufAllocator alloc) {
        long sequence = resource.sequence();
        if (!live.available(sequence, live.edge(resource.camera(), atMs))) {
            return Reply.status(alloc, NOT_FOUND);
        }
        String ranges = "Accept-Ranges: bytes";
        int size = segments.size();
        ByteRange range = ByteRange.parse(header, size);
        if (range == null) {
            return Reply.body(
                    alloc, "200 OK", Reply.MEDIA, segments.part(sequence, 0, size), ranges);
        }
        String taken = "Content-Range: " + range.contentRange(size);
        if (!range.isSatisfiable()) {
            return Reply.status(alloc, "416 Range Not Satisfiable", ranges, taken);
        }
        ByteBuf part = segments.part(sequence, range.from(), range.to());
        return Reply.body(alloc, "206 Partial Content", Reply.MEDIA, part, ranges, taken);
    }

    private Reply drip(Resource resource, ByteBufAllocator alloc) {
        byte[] whole =
                resource.kind() == Resource.Kind.SEGMENT
                        ? GARBAGE
                        : live.entry(resource.camera()).getBytes(StandardCharsets.US_ASCII);
        return new Reply.Drip(
                Reply.head(alloc, "200 OK", typeOf(resource), whole.length),
                whole,
                options.dripEvery());
    }

    private static String typeOf(Resource resource) {
        return resource.kind() == Resource.Kind.SEGMENT ? Reply.MEDIA : Reply.PLAYLIST;
    }
}
