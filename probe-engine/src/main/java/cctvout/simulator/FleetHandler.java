package cctvout.simulator;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.function.BiFunction;

/** Answers each request from the clock and the board: nothing is kept for a camera. */
final class FleetHandler
        implements BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> {

    private static final String PLAYLIST = "application/vnd.apple.mpegurl";
    private static final String MEDIA = "video/MP2T";
    private static final byte[] GARBAGE = garbage();

    private final FleetOptions options;
    private final FaultBoard board;
    private final LiveStream live;
    private final TransportStream media;

    FleetHandler(FleetOptions options, FaultBoard board) {
        this.options = options;
        this.board = board;
        this.live = new LiveStream(options.targetDuration(), options.window());
        this.media = new TransportStream(options.targetDuration());
    }

    private static byte[] garbage() {
        byte[] bytes = new byte[2048];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    @Override
    public Publisher<Void> apply(HttpServerRequest request, HttpServerResponse response) {
        response.header(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
        response.header(HttpHeaderNames.CACHE_CONTROL, "no-cache");
        String uri = request.uri();
        int query = uri.indexOf('?');
        Resource resource = Resource.parse(query < 0 ? uri : uri.substring(0, query));
        SimulatedCamera camera =
                resource == null ? null : options.fleet().camera(resource.camera());
        if (resource == null
                || camera == null
                || camera.host() != LoopbackGate.address(request.hostAddress())) {
            return status(response, HttpResponseStatus.NOT_FOUND);
        }
        if (!request.method().equals(HttpMethod.GET)) {
            return status(response, HttpResponseStatus.METHOD_NOT_ALLOWED);
        }
        String range = request.requestHeaders().get(HttpHeaderNames.RANGE);
        return answer(resource, board.stream(camera), range, response);
    }

    private Publisher<Void> answer(
            Resource resource,
            @Nullable Condition condition,
            @Nullable String range,
            HttpServerResponse response) {
        long now = options.clock().millis();
        if (condition == null) {
            return content(resource, now, false, range, response);
        }
        boolean segment = resource.kind() == Resource.Kind.SEGMENT;
        return switch (condition.fault()) {
            case FREEZE -> content(resource, condition.sinceMs(), false, range, response);
            case ENDED -> content(resource, condition.sinceMs(), true, range, response);
            case NOT_FOUND -> status(response, HttpResponseStatus.NOT_FOUND);
            case BROKEN -> status(response, HttpResponseStatus.INTERNAL_SERVER_ERROR);
            case UNAVAILABLE -> status(response, HttpResponseStatus.SERVICE_UNAVAILABLE);
            case SLOW ->
                    Mono.delay(options.slowBy())
                            .then(Mono.from(content(resource, now, false, range, response)));
            case DRIP -> drip(resource, now, response);
            case GARBAGE -> body(response, typeOf(resource), Unpooled.wrappedBuffer(GARBAGE));
            case EMPTY -> body(response, typeOf(resource), Unpooled.EMPTY_BUFFER);
            case ENCODER_LOST ->
                    now - condition.sinceMs() > options.encoderLinger().toMillis()
                            ? status(response, HttpResponseStatus.NOT_FOUND)
                            : content(resource, condition.sinceMs(), false, range, response);
            case SEGMENT_NOT_FOUND ->
                    segment
                            ? status(response, HttpResponseStatus.NOT_FOUND)
                            : content(resource, now, false, range, response);
            case SEGMENT_GARBAGE ->
                    segment
                            ? body(response, MEDIA, Unpooled.wrappedBuffer(GARBAGE))
                            : content(resource, now, false, range, response);
            case DOWN -> reset(response);
            case CUT -> Mono.never();
            case LOSSY -> content(resource, now, false, range, response);
        };
    }

    private Publisher<Void> content(
            Resource resource,
            long atMs,
            boolean ended,
            @Nullable String range,
            HttpServerResponse response) {
        return Mono.defer(
                () ->
                        switch (resource.kind()) {
                            case ENTRY, CHUNKLIST ->
                                    body(response, PLAYLIST, playlist(resource, atMs, ended));
                            case SEGMENT -> segment(resource, atMs, range, response);
                        });
    }

    private ByteBuf playlist(Resource resource, long atMs, boolean ended) {
        int camera = resource.camera();
        String text =
                resource.kind() == Resource.Kind.ENTRY
                        ? live.entry(camera)
                        : live.chunklist(camera, live.edge(camera, atMs), ended);
        return Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.US_ASCII));
    }

    private Mono<Void> segment(
            Resource resource, long atMs, @Nullable String header, HttpServerResponse response) {
        long sequence = resource.sequence();
        if (!live.available(sequence, live.edge(resource.camera(), atMs))) {
            return status(response, HttpResponseStatus.NOT_FOUND);
        }
        response.header(HttpHeaderNames.ACCEPT_RANGES, "bytes");
        int size = media.size();
        ByteRange range = ByteRange.parse(header, size);
        if (range == null) {
            return body(response, MEDIA, media.segment(response.alloc(), sequence, 0, size));
        }
        response.header(HttpHeaderNames.CONTENT_RANGE, range.contentRange(size));
        if (!range.isSatisfiable()) {
            return status(response, HttpResponseStatus.REQUESTED_RANGE_NOT_SATISFIABLE);
        }
        response.status(HttpResponseStatus.PARTIAL_CONTENT);
        return body(
                response,
                MEDIA,
                media.segment(response.alloc(), sequence, range.from(), range.to()));
    }

    private Publisher<Void> drip(Resource resource, long now, HttpServerResponse response) {
        byte[] whole =
                resource.kind() == Resource.Kind.SEGMENT
                        ? GARBAGE
                        : live.entry(resource.camera()).getBytes(StandardCharsets.US_ASCII);
        Flux<ByteBuf> bytes =
                Flux.range(0, whole.length)
                        .delayElements(options.dripEvery())
                        .map(i -> Unpooled.wrappedBuffer(whole, i, 1));
        return response.header(HttpHeaderNames.CONTENT_TYPE, typeOf(resource))
                .header(HttpHeaderNames.CONTENT_LENGTH, String.valueOf(whole.length))
                .send(bytes, _ -> true);
    }

    private static Mono<Void> body(HttpServerResponse response, String type, ByteBuf bytes) {
        return response.header(HttpHeaderNames.CONTENT_TYPE, type)
                .header(HttpHeaderNames.CONTENT_LENGTH, String.valueOf(bytes.readableBytes()))
                .sendObject(bytes)
                .then();
    }

    private static Mono<Void> status(HttpServerResponse response, HttpResponseStatus status) {
        return response.status(status).header(HttpHeaderNames.CONTENT_LENGTH, "0").send();
    }

    private static Mono<Void> reset(HttpServerResponse response) {
        response.withConnection(connection -> LoopbackGate.reset(connection.channel()));
        return Mono.never();
    }

    private static String typeOf(Resource resource) {
        return resource.kind() == Resource.Kind.SEGMENT ? MEDIA : PLAYLIST;
    }
}
