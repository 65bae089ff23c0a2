package cctvout.hls;

import cctvout.hls.Progress.Phase;
import cctvout.network.LookupLimitException;

import io.netty.handler.codec.DecoderException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.Locale;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLException;

/** The reason behind an exception of the network. */
final class Faults {

    private Faults() {}

    static StreamFault of(Throwable error, Progress progress, StreamUrl url) {
        if (error instanceof StreamFault fault) {
            return fault;
        }
        HlsReason reason = reason(error, progress);
        return new StreamFault(reason, url.authority() + ": " + text(error));
    }

    private static HlsReason reason(Throwable error, Progress progress) {
        return switch (error) {
            case UnknownHostException _ -> HlsReason.DNS_ERROR;
            case LookupLimitException _ -> HlsReason.PROBER_OVERLOAD;
            case TimeoutException _ -> progress.timedOut();
            case NoRouteToHostException _ -> HlsReason.NO_ROUTE;
            case ConnectException _ -> connect(text(error));
            case SSLException _ -> tls(error);
            case DecoderException _ when cause(error, SSLException.class) != null -> tls(error);
            case IOException _ -> io(text(error), progress);
            case DecoderException _, IllegalArgumentException _ -> HlsReason.NOT_HTTP;
            default -> HlsReason.PROBER_OVERLOAD;
        };
    }

    private static HlsReason connect(String text) {
        if (text.contains("refused")) {
            return HlsReason.CONNECT_REFUSED;
        }
        if (text.contains("timed out")) {
            return HlsReason.CONNECT_TIMEOUT;
        }
        // accepted and thrown out again before the handshake was through
        if (text.contains("reset")) {
            return HlsReason.CONNECTION_RESET;
        }
        return ours(text) ? HlsReason.PROBER_OVERLOAD : HlsReason.NO_ROUTE;
    }

    private static HlsReason io(String text, Progress progress) {
        if (ours(text)) {
            return HlsReason.PROBER_OVERLOAD;
        }
        boolean local = progress.phase() == Phase.CONNECT && !text.contains("reset");
        return local && text.contains("unreachable")
                ? HlsReason.NO_ROUTE
                : HlsReason.CONNECTION_RESET;
    }

    /**
     * We ran out of sockets, ports or memory, or our own firewall keeps us in (as it does when its
     * table of connections is full): that says nothing of the stream.
     */
    private static boolean ours(String text) {
        return text.contains("too many open files")
                || text.contains("cannot assign requested address")
                || text.contains("no buffer space")
                || text.contains("cannot allocate memory")
                || text.contains("operation not permitted");
    }

    private static HlsReason tls(Throwable error) {
        boolean certificate =
                cause(error, CertificateException.class) != null
                        || cause(error, CertPathValidatorException.class) != null;
        return certificate ? HlsReason.TLS_CERT : HlsReason.TLS_ERROR;
    }

    private static <T extends Throwable> @Nullable T cause(Throwable error, Class<T> type) {
        Throwable at = error;
        for (int depth = 0; at != null && depth < 10; depth++, at = at.getCause()) {
            if (type.isInstance(at)) {
                return type.cast(at);
            }
        }
        return null;
    }

    static String text(Throwable error) {
        String message = error.getMessage();
        return message == null
                ? error.getClass().getSimpleName()
                : message.toLowerCase(Locale.ROOT);
    }
}
