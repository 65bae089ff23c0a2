package cctvout.cluster;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.ThreadLocalRandom;

/** What this process is called among others. */
final class NodeName {

    private static final int LONGEST_HOST = 80;

    private NodeName() {}

    static String of(ClusterSettings settings) {
        String given = settings.node();
        return (given != null && !given.isBlank() ? given.strip() : host()) + "-" + number();
    }

    private static String host() {
        try {
            String host = InetAddress.getLocalHost().getHostName();
            return host.length() > LONGEST_HOST ? host.substring(0, LONGEST_HOST) : host;
        } catch (UnknownHostException nameless) {
            return "node";
        }
    }

    /**
     * A new one at each start: what an earlier process took is not this one's, nor what another
     * takes that was given the same name by mistake.
     */
    private static String number() {
        return Integer.toHexString(ThreadLocalRandom.current().nextInt() | 0x10000000);
    }
}
