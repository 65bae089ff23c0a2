package cctvout.hls;

import io.netty.handler.codec.http.HttpHeaderNames;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Hosts that begin a stream when it is asked for, so that the first request may be held for long or
 * be answered with 404: those that a setting names, and those whose server says that it is one. Any
 * thread.
 */
final class OnDemandHosts {

    private static final String SERVER = "ZLMediaKit";

    private final HlsSettings.OnDemand settings;
    private final Map<String, Boolean> seen;

    OnDemandHosts(HlsSettings.OnDemand settings) {
        this.settings = settings;
        this.seen =
                new LinkedHashMap<>(16, 0.75f, true) {
                    @Override
                    protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                        return size() > settings.remembered();
                    }
                };
    }

    /** Takes note of who answered. */
    void note(Answer answer) {
        String server = answer.header(HttpHeaderNames.SERVER);
        if (server != null && server.contains(SERVER)) {
            synchronized (seen) {
                seen.put(answer.url().host(), true);
            }
        }
    }

    boolean include(String host) {
        if (settings.hosts().contains(host)) {
            return true;
        }
        synchronized (seen) {
            return seen.get(host) != null;
        }
    }

    /** The answer may be another one later: the stream was not there yet. */
    boolean mayComeLater(Answer answer) {
        return answer.status() == 404 && include(answer.url().host());
    }

    /** No answer came, but one may come to who waits longer. */
    boolean mayComeLater(Throwable error, StreamUrl url) {
        return error instanceof StreamFault fault
                && fault.reason() == HlsReason.RESPONSE_TIMEOUT
                && include(url.host());
    }
}
