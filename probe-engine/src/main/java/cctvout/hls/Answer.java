package cctvout.hls;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;

import org.jspecify.annotations.Nullable;

/**
 * What a server answered.
 *
 * @param url that it was asked for
 * @param body of a 2xx answer, as far as it was wanted; else empty
 * @param bodyNanos from the headers to the end of the body, or to where reading stopped
 */
record Answer(StreamUrl url, int status, HttpHeaders headers, byte[] body, long bodyNanos) {

    boolean ok() {
        return status >= 200 && status < 300;
    }

    boolean redirect() {
        return switch (status) {
            case 301, 302, 303, 307, 308 -> true;
            default -> false;
        };
    }

    @Nullable String header(CharSequence name) {
        return headers.get(name);
    }

    /**
     * Bytes of the whole resource, or of the part of it that a range could ask for; -1 where the
     * server does not say.
     */
    long total() {
        String range = header(HttpHeaderNames.CONTENT_RANGE);
        if (status == 206 && range != null) {
            return Decimal.whole(range.substring(range.indexOf('/') + 1));
        }
        String length = header(HttpHeaderNames.CONTENT_LENGTH);
        return status == 200 && length != null ? Decimal.whole(length) : -1;
    }
}
