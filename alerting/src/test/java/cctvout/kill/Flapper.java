package cctvout.kill;

/** What comes and goes: one camera, or all cameras of a line, which are one outage each time. */
enum Flapper {
    CAMERA("issue", "vendor", Condition.BROKEN, 1),
    LINE("outage", "line", Condition.CUT, 4);

    private final String table;
    private final String party;
    private final Condition bad;
    private final int cameras;

    Flapper(String table, String party, Condition bad, int cameras) {
        this.table = table;
        this.party = party;
        this.bad = bad;
        this.cameras = cameras;
    }

    /** Who is told of it. */
    String party() {
        return party;
    }

    void register(Stage stage) {
        for (int i = 1; i <= cameras; i++) {
            stage.camera("C-" + i, address(i), "L-1");
        }
    }

    private static String address(int camera) {
        return "10.0.0." + camera;
    }

    void fails(Stage stage) {
        are(bad, stage);
    }

    void recovers(Stage stage) {
        are(Condition.WELL, stage);
    }

    private void are(Condition condition, Stage stage) {
        for (int i = 1; i <= cameras; i++) {
            stage.victim.are(condition, address(i));
        }
    }

    /** Ids of issues or outages, in their order. */
    String subjects() {
        return "select id from " + table + " order by number";
    }

    /** So often it was down, and it is well now. */
    String well(int times) {
        return """
        select 'well' where (select count(*) from %s) = %d
            and (select count(*) from camera_status where verdict = 'HEALTHY') = %d
            and not exists (select 1 from issue where status in ('OPEN', 'IN_PROGRESS'))
            and (select seq from log_cursor where consumer = 'alerting') >=
                (select max(seq) from event_log where type = 'transition')
        """
                .formatted(table, times, cameras);
    }

    /** It is down for the so-and-so-many-th time, all of it. */
    String down(int times) {
        return """
        select 'down' where (select count(*) from %s) = %d
            and (select count(*) from issue where status = 'OPEN') = %d
        """
                .formatted(table, times, cameras);
    }

    String told(int times) {
        return down(times) + " and" + all("OPENED") + " = " + times + NOTHING_DUE;
    }

    String endTold(int times) {
        return "select 'told' where"
                + all("RECOVERED")
                + " = "
                + 2 * times
                + NOTHING_DUE
                + " and exists ("
                + "select 1 where not exists"
                + " (select 1 from issue where status in ('OPEN', 'IN_PROGRESS')))";
    }

    private static final String NOTHING_DUE =
            " and not exists (select 1 from notification where next_at is not null)";

    private String all(String event) {
        return """
         (select count(*) from notification n join %s s on n.subject = s.id
            where n.event = '%s' and n.status = 'SENT')"""
                .formatted(table, event);
    }
}
