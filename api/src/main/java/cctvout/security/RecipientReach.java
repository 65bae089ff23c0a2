package cctvout.security;

import cctvout.security.AccessRule.Reach;
import cctvout.store.Database;

import org.springframework.stereotype.Component;

import reactor.core.publisher.Mono;

/**
 * Whether a recipient was ever told of something, by itself or as one of an outage: then its own
 * account may look at it.
 */
@Component
final class RecipientReach {

    private final Database database;

    RecipientReach(Database database) {
        this.database = database;
    }

    /** Lazy; exactly one value. */
    Mono<Boolean> reaches(String recipient, Reach reach, String id) {
        return switch (reach) {
            case NONE -> Mono.just(false);
            case OWN -> Mono.just(true);
            case CAMERA ->
                    told(
                            "camera_id = $2 or issue_id is null and outage_id in (select outage_id"
                                    + " from issue where camera_id = $2)",
                            recipient,
                            id);
            case ISSUE ->
                    told(
                            "issue_id = $2 or issue_id is null and outage_id = (select outage_id"
                                    + " from issue where id = $2)",
                            recipient,
                            id);
            case OUTAGE -> told("outage_id = $2", recipient, id);
            case NOTIFICATION -> told("id = $2", recipient, id);
        };
    }

    private Mono<Boolean> told(String about, String recipient, String id) {
        return database.client()
                .sql(
                        "select exists (select 1 from notification where recipient_id = $1 and ("
                                + about
                                + "))")
                .bind(0, recipient)
                .bind(1, id)
                .map(row -> Boolean.TRUE.equals(row.get(0, Boolean.class)))
                .one()
                .defaultIfEmpty(false);
    }
}
