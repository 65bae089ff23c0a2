package cctvout.hls;

import cctvout.hls.Progress.Phase;
import cctvout.hls.StreamClient.Request;

import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.MonoSink;

/** One request and its answer as it comes in. Confined to its connection's event loop. */
final class Exchange {

    private static final byte[] NONE = new byte[0];

    private final Request request;
    private final KeptConnection kept;
    private final MonoSink<Answer> sink;
    private final BodyBuffer body;

    private @Nullable Watch watch;
    private @Nullable HttpResponse head;
    private boolean wanted;
    private boolean whole;
    private boolean heard;
    private volatile boolean abandoned;
    private long bodyBegun;

    Exchange(Request request, KeptConnection kept, MonoSink<Answer> sink) {
        this.request = request;
        this.kept = kept;
        this.sink = sink;
        this.body = new BodyBuffer(request.inquiry().cap(), request.inquiry().head());
    }

    Request request() {
        return request;
    }

    KeptConnection kept() {
        return kept;
    }

    Watch watchedBy(Watch own) {
        watch = own;
        return own;
    }

    /** Anything at all has come back. */
    boolean heard() {
        return heard;
    }

    void sent() {
        reached(Phase.RESPONSE);
    }

    private void reached(Phase phase) {
        request.progress().reached(phase);
        if (watch != null) {
            watch.allow("response-timeout", request.responseTimeout());
        }
    }

    /**
     * @return true where the answer is complete, or nothing more of it is wanted
     * @throws StreamFault where it is no answer
     */
    boolean take(HttpObject part) {
        heard = true;
        DecoderResult result = part.decoderResult();
        if (result.isFailure()) {
            throw undecoded(result.cause());
        }
        if (part instanceof HttpResponse response) {
            head(response);
        }
        return head != null && part instanceof HttpContent content && content(content);
    }

    private void head(HttpResponse response) {
        if (!"HTTP".equals(response.protocolVersion().protocolName())) {
            throw new StreamFault(
                    HlsReason.NOT_HTTP,
                    request.url().authority() + " speaks " + response.protocolVersion());
        }
        int status = response.status().code();
        if (status < 200 && status != 101) {
            return; // an interim answer (RFC 9110 section 15.2): the real one is to come
        }
        head = response;
        wanted = status >= 200 && status < 300;
        String length = response.headers().get(HttpHeaderNames.CONTENT_LENGTH);
        if (wanted) {
            body.expect(length == null ? -1 : Decimal.whole(length));
        }
        bodyBegun = System.nanoTime();
        reached(Phase.BODY);
    }

    private boolean content(HttpContent content) {
        whole = content instanceof LastHttpContent;
        if (!wanted) {
            return true;
        }
        if (content.content().isReadable()) {
            reached(Phase.BODY);
            return body.add(content.content()) || whole;
        }
        return whole;
    }

    private StreamFault undecoded(Throwable cause) {
        String where = request.url().authority() + ": ";
        return switch (cause) {
            case TooLongFrameException _ ->
                    new StreamFault(
                            HlsReason.BODY_TOO_LARGE,
                            where + "headers over cctvout.probe.hls.max-headers");
            case PrematureChannelClosureException _ ->
                    new StreamFault(HlsReason.CONNECTION_RESET, where + "closed without an answer");
            default -> new StreamFault(HlsReason.NOT_HTTP, where + Faults.text(cause));
        };
    }

    /** The answer was read to its end, and both sides mean to go on. */
    boolean reusable() {
        return whole && head != null && !request.inquiry().last() && HttpUtil.isKeepAlive(head);
    }

    void succeed() {
        stop();
        HttpResponse response = head;
        if (response != null) {
            byte[] bytes = wanted ? body.bytes() : NONE;
            long nanos = System.nanoTime() - bodyBegun;
            sink.success(
                    new Answer(
                            request.url(),
                            response.status().code(),
                            response.headers(),
                            bytes,
                            nanos));
        }
    }

    void fail(Throwable cause) {
        stop();
        if (!abandoned) {
            sink.error(cause);
        }
    }

    /** Cancelled: nobody wants to know. Any thread. */
    void abandon() {
        abandoned = true;
    }

    private void stop() {
        if (watch != null) {
            watch.stop();
        }
    }
}
