package cctvout.kill;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.issue.IssueStatus;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;

/** Faults that come and go, killed in the coming and in the going, one after the other. */
final class Kills {

    /** What happens between a fault and its end. */
    enum Course {
        /** One camera, whose vendor is told. */
        ALONE,
        /** Its vendor says that somebody is on the way. */
        TAKEN_UP,
        /** Somebody says that it is repaired when it is not. */
        SAID_TO_BE_REPAIRED,
        /** All cameras of a line, whose operator is told once. */
        OUTAGE,
        /** More faults at once than the vendor's rate lets through: they go as digests. */
        FLOOD;

        boolean isOneNotice() {
            return this != OUTAGE && this != FLOOD;
        }
    }

    /**
     * @param end whether it fell in the end of the fault
     * @param repeats of ids, by the time that all was sent
     */
    record Kill(Step step, boolean end, Course course, int repeats) {}

    private static final int ALONE = 4;
    private static final int ON_LINE = 4;
    private static final String WELL =
            """
            select 'well' where not exists (select 1 from camera_status where verdict <> 'HEALTHY')
                and (select count(*) from camera_status) = %d
                and not exists (select 1 from issue where status in ('OPEN', 'IN_PROGRESS'))
                and not exists (select 1 from outage where resolved_at is null)
                and not exists (select 1 from notification where next_at is not null)
                and (select seq from log_cursor where consumer = 'alerting') >=
                    (select max(seq) from event_log where type = 'transition')
            """
                    .formatted(ALONE + ON_LINE);

    private final Stage stage;
    private final Random random;
    private final List<Kill> kills = new ArrayList<>();
    private final Killer killer;

    Kills(Stage stage, Random random) {
        this.stage = stage;
        this.random = random;
        this.killer = new Killer(stage);
        for (int i = 1; i <= ALONE; i++) {
            stage.camera("alone-" + i, address(i), "L-" + i);
        }
        for (int i = 1; i <= ON_LINE; i++) {
            stage.camera("line-" + i, address(ALONE + i), "L-0");
        }
    }

    private static String address(int camera) {
        return "10.0.0." + camera;
    }

    List<Kill> kills() {
        return List.copyOf(kills);
    }

    /** All that has begun comes to its end. */
    void settle() {
        stage.until("peace", WELL);
    }

    /** One fault and its end, with a kill in each. */
    void fault(Course course, Step inFault, Step inEnd) {
        int number = 1 + random.nextInt(ALONE);
        String camera = "alone-" + number;
        int before = repeats();
        killer.kill(inFault, () -> fails(course, number));
        stage.until(course + " told", told(course, camera));
        int between = repeats();
        note(new Kill(inFault, false, course, between - before));
        switch (course) {
            case TAKEN_UP -> assertThat(stage.says(camera, IssueStatus.IN_PROGRESS)).isTrue();
            case SAID_TO_BE_REPAIRED -> {
                assertThat(stage.says(camera, IssueStatus.RESOLVED)).isTrue();
                stage.until(camera + " open again", reopened(camera));
            }
            case ALONE, OUTAGE, FLOOD -> {}
        }
        killer.kill(inEnd, () -> isWell(course, number));
        settle();
        note(new Kill(inEnd, true, course, repeats() - between));
    }

    /**
     * One fault and its end; killed while a commit waits for {@code shut} to be taken back, which
     * happens in the next life.
     *
     * @param end whether it is killed in the end of the fault
     */
    void faultAtACommit(boolean end, Runnable shut, Runnable open) {
        String camera = "alone-1";
        if (!end) {
            shut.run();
        }
        fails(Course.ALONE, 1);
        if (!end) {
            killedAtACommit(open);
        }
        stage.until(camera + " told", told(camera));
        if (end) {
            shut.run();
        }
        isWell(Course.ALONE, 1);
        if (end) {
            killedAtACommit(open);
        }
        settle();
    }

    private void killedAtACommit(Runnable open) {
        stage.until(
                "commit under way",
                """
                select 'waits' from pg_locks where locktype = 'advisory' and not granted
                    and database = (select oid from pg_database where datname = current_database())
                """);
        stage.victim.kill();
        stage.victim.start();
        open.run();
    }

    private void fails(Course course, int number) {
        are(course == Course.OUTAGE ? Condition.CUT : Condition.BROKEN, course, number);
    }

    private void isWell(Course course, int number) {
        are(Condition.WELL, course, number);
    }

    private void are(Condition condition, Course course, int number) {
        int first = course == Course.OUTAGE ? ALONE + 1 : course == Course.FLOOD ? 1 : number;
        int last =
                course == Course.OUTAGE ? ALONE + ON_LINE : course == Course.FLOOD ? ALONE : number;
        for (int i = first; i <= last; i++) {
            stage.victim.are(condition, address(i));
        }
    }

    private static String told(Course course, String camera) {
        return switch (course) {
            case ALONE, TAKEN_UP, SAID_TO_BE_REPAIRED -> told(camera);
            case OUTAGE -> outageTold();
            case FLOOD -> floodTold();
        };
    }

    private static String floodTold() {
        return """
        select 'told' from issue i join notification n on n.issue_id = i.id
        where i.status = 'OPEN' and n.event = 'OPENED' and n.status = 'SENT' having count(*) = %d
        """
                .formatted(ALONE);
    }

    private static String told(String camera) {
        return """
        select 'told' from issue i join notification n on n.issue_id = i.id
        where i.camera_id = '%s' and i.status = 'OPEN'
            and n.event = 'OPENED' and n.status = 'SENT'
        """
                .formatted(camera);
    }

    private static String outageTold() {
        return """
        select 'told' from outage o join notification n on n.outage_id = o.id and n.issue_id is null
        where o.resolved_at is null and n.event = 'OPENED' and n.status = 'SENT'
            and (select count(*) from issue i where i.status = 'OPEN' and i.outage_id = o.id) = %d
            and not exists (select 1 from notification where next_at is not null)
        """
                .formatted(ON_LINE);
    }

    private static String reopened(String camera) {
        return """
        select 'again' from issue where camera_id = '%s' and status = 'OPEN'
            and timeline::text like '%%REOPENED%%'
        """
                .formatted(camera);
    }

    private void note(Kill kill) {
        kills.add(kill);
        boolean oneNotice = !kill.end && kill.course.isOneNotice();
        int least = kill.step.isBetweenSendAndMark() ? 1 : 0;
        if (oneNotice || kill.step.compareTo(Step.SENT) < 0) {
            assertThat(kill.repeats).as("repeats after %s", kill).isEqualTo(least);
        } else {
            assertThat(kill.repeats).as("repeats after %s", kill).isGreaterThanOrEqualTo(least);
        }
    }

    private int repeats() {
        List<String> ids =
                stage.received().stream().map(hook -> hook.header("webhook-id")).toList();
        return ids.size() - new HashSet<>(ids).size();
    }

    /** At no named step: some cameras fail, some get well, and it is killed a moment later. */
    void atAnyTime(Duration most) {
        for (int i = 1; i <= ALONE + ON_LINE; i++) {
            if (random.nextInt(2) == 0) {
                Condition bad = i <= ALONE ? Condition.BROKEN : Condition.CUT;
                stage.victim.are(random.nextBoolean() ? bad : Condition.WELL, address(i));
            }
        }
        if (random.nextInt(3) == 0) {
            stage.says(
                    "alone-" + (1 + random.nextInt(ALONE)),
                    random.nextBoolean() ? IssueStatus.IN_PROGRESS : IssueStatus.RESOLVED);
        }
        stage.victim.runsFor(Duration.ofMillis(random.nextLong(most.toMillis())));
        killer.killNow();
    }

    void allAreWell() {
        for (int i = 1; i <= ALONE + ON_LINE; i++) {
            stage.victim.are(Condition.WELL, address(i));
        }
        settle();
    }

    /** The invariants; how many repeats of ids there were in all. */
    int verdict() {
        return new Ledger(stage).check(killer.inDoubt());
    }
}
