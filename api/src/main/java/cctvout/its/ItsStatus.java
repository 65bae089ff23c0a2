package cctvout.its;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * How the last fetches went, as {@code GET /api/sources} shows it.
 *
 * @param name {@code its}
 * @param host that is asked; never the whole URL, a key may be in it
 * @param nextAt when it is fetched again
 * @param succeededAt when it was last fetched; null where it never was
 * @param failure why the last fetch failed; null where it did not
 * @param failedSince when they began to fail
 * @param listed cameras in the last list
 * @param created cameras that were new in it
 * @param updated cameras whose URL was another, or that came back
 * @param skipped entries that no camera can be made of
 * @param missing cameras that the last list lacked
 * @param paused cameras that it lacked so often that they are paused
 */
record ItsStatus(
        String name,
        String host,
        Instant nextAt,
        @Nullable Instant succeededAt,
        @Nullable String failure,
        @Nullable Instant failedSince,
        int listed,
        int created,
        int updated,
        int skipped,
        long missing,
        long paused) {

    static final String NAME = "its";

    /**
     * What one fetch did.
     *
     * @param listed cameras in the list
     */
    record Round(int listed, int created, int updated, int skipped) {

        static final Round NOTHING = new Round(0, 0, 0, 0);

        Round plus(Round other) {
            return new Round(
                    listed + other.listed,
                    created + other.created,
                    updated + other.updated,
                    skipped + other.skipped);
        }
    }
}
