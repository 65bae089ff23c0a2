package cctvout.relay;

import cctvout.store.Database;

import reactor.core.publisher.Flux;

/** Who is to look again: hints alone, the tables say what there is. */
final class RelayChannels {

    /** To those that probe. */
    static final String ASKED = "relay_asked";

    /** To those that asked. */
    static final String ANSWERED = "relay_answered";

    static final String CHECKS = "checks";
    static final String RESULTS = "results";

    private RelayChannels() {}

    /** Also after each new connection: what was said before went unheard. */
    static Flux<String> hints(Database database, String channel, String about) {
        return database.notifications(channel)
                .filter(hint -> hint.isEmpty() || hint.equals(about))
                .onBackpressureLatest();
    }
}
