package cctvout.alerting;

import static cctvout.recipient.RecipientRole.CONTROL_ROOM;
import static cctvout.recipient.RecipientRole.LINE_OPERATOR;
import static cctvout.status.Verdict.HEALTHY;
import static cctvout.status.Verdict.LINE_FAULT;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.issue.Issue;
import cctvout.issue.IssuePatch;
import cctvout.issue.IssueStatus;
import cctvout.maintenance.MaintenanceWindow;
import cctvout.notification.NotificationStatus;
import cctvout.notification.UnsentOpened;
import cctvout.rows.Rows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * I4, case by case: whatever became of OPENED before its fault ends and whatever people do in
 * between, who was told is told of the end once and after it, who was not is told as the setting
 * says.
 */
class EndsOfFaultsTest {

    /** How far the OPENED has come. */
    private enum Opened {
        UNSENT,
        /** A try ended so that the receiver may have got it. */
        IN_DOUBT,
        /** A sender took it, and has died or will. */
        TAKEN,
        SENT
    }

    private enum Between {
        NOTHING,
        TAKEN_UP,
        RESOLVED_BY_HAND,
        CANCELLED_BY_HAND,
        MAINTENANCE
    }

    private record Case(Opened opened, Between between) {
        String id() {
            return (opened + "-" + between).toLowerCase(java.util.Locale.ROOT);
        }

        /** What the line's operator receives, in this order. */
        List<String> told(UnsentOpened setting) {
            return switch (opened) {
                case TAKEN, SENT -> List.of("OPENED", "RECOVERED");
                case IN_DOUBT -> List.of("RECOVERED");
                case UNSENT ->
                        between == Between.MAINTENANCE || setting == UnsentOpened.CANCEL
                                ? List.of()
                                : List.of("RECOVERED");
            };
        }

        /** What nobody was told of need not be taken back. */
        boolean isSecret() {
            return opened == Opened.UNSENT && between == Between.MAINTENANCE;
        }
    }

    private static final List<Case> CASES = cases();

    @ParameterizedTest
    @EnumSource
    void whoWasToldIsToldOfTheEndOnceAndInOrder(UnsentOpened setting) {
        try (Bench bench = new Bench(BenchSettings.USUAL.with(BenchSettings.notices(setting)))) {
            bench.recipient("room", CONTROL_ROOM, List.of(), bench.webhook("/room"));
            for (Case one : CASES) {
                bench.camera(one.id(), one.id(), "한빛");
                bench.recipient(
                        one.id(), LINE_OPERATOR, List.of(one.id()), bench.webhook("/" + one.id()));
            }
            CASES.stream()
                    .filter(one -> one.opened == Opened.SENT)
                    .forEach(one -> fails(bench, one));
            bench.start();
            bench.untilSlowly(
                    all ->
                            all.size() == Between.values().length
                                    && all.stream()
                                            .allMatch(n -> n.status() == NotificationStatus.SENT));
            bench.stop();
            CASES.stream()
                    .filter(one -> one.opened != Opened.SENT)
                    .forEach(one -> fails(bench, one));
            bench.consume();
            set(bench, Opened.IN_DOUBT, "in_doubt = true, tries = 1, attempts = 1");
            set(
                    bench,
                    Opened.TAKEN,
                    "lease = 'the dead', leased_until = now() + interval '1 hour'");
            CASES.forEach(one -> between(bench, one));

            CASES.forEach(one -> bench.turns(one.id(), LINE_FAULT, HEALTHY));
            bench.consume();
            set(bench, Opened.TAKEN, "leased_until = now() - interval '1 second'");
            CASES.stream()
                    .filter(one -> one.between == Between.MAINTENANCE)
                    .forEach(
                            one ->
                                    Bench.get(
                                            bench.alerting
                                                    .maintenanceDesk()
                                                    .delete(one.id(), OptionalLong.empty())));
            bench.start();
            bench.untilSlowly(
                    all ->
                            all.stream()
                                    .allMatch(
                                            n ->
                                                    n.status() == NotificationStatus.SENT
                                                            || n.status()
                                                                    == NotificationStatus
                                                                            .CANCELLED));
            assertThat(received(bench)).isEqualTo(expected(setting));
        }
    }

    private static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (Opened opened : Opened.values()) {
            for (Between between : Between.values()) {
                cases.add(new Case(opened, between));
            }
        }
        return cases;
    }

    private static void fails(Bench bench, Case one) {
        bench.turns(one.id(), HEALTHY, LINE_FAULT);
    }

    /** Of the notices for the operators of such cases. */
    private static void set(Bench bench, Opened opened, String what) {
        Bench.get(
                bench.database
                        .client()
                        .sql(
                                "update notification set "
                                        + what
                                        + " where event = 'OPENED' and status = 'CREATED' and"
                                        + " recipient_id like '"
                                        + opened.name().toLowerCase(java.util.Locale.ROOT)
                                        + "-%'")
                        .fetch()
                        .rowsUpdated());
    }

    private static void between(Bench bench, Case one) {
        switch (one.between) {
            case NOTHING -> {}
            case TAKEN_UP -> says(bench, one, IssueStatus.IN_PROGRESS);
            case RESOLVED_BY_HAND -> says(bench, one, IssueStatus.RESOLVED);
            case CANCELLED_BY_HAND -> says(bench, one, IssueStatus.CANCELLED);
            case MAINTENANCE ->
                    Bench.get(bench.alerting.maintenanceDesk().create(window(one), "kim"));
        }
    }

    private static void says(Bench bench, Case one, IssueStatus status) {
        Issue issue =
                bench.issues().stream()
                        .filter(its -> its.cameraId().value().equals(one.id()))
                        .findFirst()
                        .orElseThrow();
        Bench.get(
                bench.alerting
                        .issueDesk()
                        .patch(issue.id(), new IssuePatch(status, null, null, null), "kim"));
    }

    private static MaintenanceWindow window(Case one) {
        return Rows.read(
                """
                {"id":"%1$s","name":"%1$s","scope":{"lines":["%1$s"]},"startsAt":"%2$s","endsAt":"%3$s"}"""
                        .formatted(
                                one.id(),
                                Instant.now().minusSeconds(60),
                                Instant.now().plusSeconds(7200)),
                MaintenanceWindow.class);
    }

    /**
     * By camera: what its operator got, then what the control room got. An id that came before, as
     * where an answer took longer than the deadline of a try, says nothing new.
     */
    private static Map<String, List<String>> received(Bench bench) {
        Map<String, List<String>> told = new LinkedHashMap<>();
        CASES.forEach(one -> told.put(one.id(), new ArrayList<>()));
        Map<String, List<String>> room = new LinkedHashMap<>();
        Set<String> ids = new HashSet<>();
        for (Receiver.Hook hook : bench.receiver.rest()) {
            if (!ids.add(hook.header("webhook-id"))) {
                continue;
            }
            var its = hook.path().equals("/room") ? room : told;
            its.computeIfAbsent(hook.text("cameraId"), _ -> new ArrayList<>())
                    .add(hook.text("event"));
        }
        room.forEach(
                (camera, events) ->
                        told.computeIfAbsent(camera, _ -> new ArrayList<>())
                                .addAll(events.stream().map(event -> "room " + event).toList()));
        return told;
    }

    private static Map<String, List<String>> expected(UnsentOpened setting) {
        Map<String, List<String>> told = new LinkedHashMap<>();
        for (Case one : CASES) {
            List<String> events = new ArrayList<>(one.told(setting));
            if (!one.isSecret()) {
                events.add("room RECOVERED");
            }
            told.put(one.id(), events);
        }
        return told;
    }
}
