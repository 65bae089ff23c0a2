package cctvout.kill;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.alerting.Receiver;
import cctvout.log.Json;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What must hold when all cameras are well again and nothing waits to be sent, whatever the process
 * went through: invariants I1 to I5, read from the rows and from what the receivers got.
 */
final class Ledger {

    private final List<JsonNode> transitions;
    private final List<JsonNode> issues;
    private final List<JsonNode> notices;
    private final List<String> received;

    /**
     * @param stage nothing on it changes meanwhile
     */
    Ledger(Stage stage) {
        transitions =
                nodes(stage, "select body from event_log where type = 'transition' order by seq");
        issues = nodes(stage, "select to_jsonb(i)::text from issue i order by number");
        notices =
                nodes(
                        stage,
                        "select to_jsonb(n)::text from notification n where alarm_id is null"
                                + " order by number");
        Set<String> ids = notices.stream().map(one -> text(one, "id")).collect(Collectors.toSet());
        received =
                stage.received().stream()
                        .map(hook -> hook.header("webhook-id"))
                        .filter(ids::contains)
                        .toList();
        assertThat(stage.received().stream().map(Receiver.Hook::json))
                .as("an id is the notice's own")
                .allMatch(body -> body.hasNonNull("alarmId") || ids.contains(text(body, "id")));
    }

    private static List<JsonNode> nodes(Stage stage, String query) {
        return stage.strings(query).stream().map(row -> Json.read(row, JsonNode.class)).toList();
    }

    /**
     * @param inDoubt for each kill, the notices that were taken and not marked
     * @return how often an id came that had come before
     */
    int check(Collection<? extends Collection<String>> inDoubt) {
        int repeats = checkTold(inDoubt);
        everyFaultWasToldToSomebody();
        return repeats;
    }

    /** The same where nobody is owed a word of some faults: of those of a camera that flaps. */
    int checkTold(Collection<? extends Collection<String>> inDoubt) {
        eachFaultIsOneTransitionIntoItAndOneOutOfIt();
        eachFaultIsOneIssue();
        everythingOwedIsSent();
        eachPartyIsToldOnceAndOnceOfTheEnd();
        return idsRepeatOnlyWhereAKillFellBetweenSendAndMark(inDoubt);
    }

    /** I1. */
    private void eachFaultIsOneTransitionIntoItAndOneOutOfIt() {
        Map<String, String> verdicts = new HashMap<>();
        for (JsonNode one : transitions) {
            String before = verdicts.put(text(one, "cameraId"), text(one, "to"));
            assertThat(text(one, "from"))
                    .as(one.toString())
                    .isEqualTo(before == null ? "UNKNOWN" : before);
            assertThat(text(one, "to")).as(one.toString()).isNotEqualTo(text(one, "from"));
        }
        assertThat(verdicts.values()).containsOnly("HEALTHY");
    }

    /** I2, and none is lost. */
    private void eachFaultIsOneIssue() {
        Map<String, Long> faults =
                transitions.stream()
                        .filter(one -> text(one, "to").endsWith("_FAULT"))
                        .collect(
                                Collectors.groupingBy(
                                        one -> text(one, "cameraId"), Collectors.counting()));
        Map<String, Long> opened =
                issues.stream()
                        .collect(
                                Collectors.groupingBy(
                                        one -> text(one, "camera_id"), Collectors.counting()));
        assertThat(opened).isEqualTo(faults);
        assertThat(issues).allMatch(one -> text(one, "status").equals("RESOLVED"));
    }

    /** I3: no notice exists only in memory, and none is forgotten. */
    private void everythingOwedIsSent() {
        assertThat(notices)
                .allMatch(one -> Set.of("SENT", "CANCELLED").contains(text(one, "status")));
        Set<String> got = new HashSet<>(received);
        assertThat(notices)
                .allMatch(one -> got.contains(carrier(one)) == text(one, "status").equals("SENT"));
    }

    /** Under which id it came: its own, or that of the digest it went in. */
    private static String carrier(JsonNode notice) {
        return text(notice, notice.hasNonNull("digest_id") ? "digest_id" : "id");
    }

    /** Of one issue or outage, in their order: {@code vendor OPENED}. */
    List<String> told(String subject) {
        return notices.stream()
                .filter(one -> text(one, "subject").equals(subject))
                .filter(one -> text(one, "status").equals("SENT"))
                .map(one -> text(one, "recipient_id") + " " + text(one, "event"))
                .toList();
    }

    /** How many notices went in digests. */
    long carried() {
        return notices.stream().filter(one -> one.hasNonNull("digest_id")).count();
    }

    /** I4. */
    private void eachPartyIsToldOnceAndOnceOfTheEnd() {
        Map<String, List<JsonNode>> lanes =
                notices.stream()
                        .filter(one -> text(one, "status").equals("SENT"))
                        .filter(one -> !text(one, "event").equals("DIGEST"))
                        .collect(
                                Collectors.groupingBy(
                                        one ->
                                                text(one, "subject")
                                                        + " "
                                                        + text(one, "recipient_id"),
                                        LinkedHashMap::new,
                                        Collectors.toList()));
        for (List<JsonNode> lane : lanes.values()) {
            List<String> events = lane.stream().map(one -> text(one, "event")).toList();
            assertThat(events).as(lane.toString()).doesNotHaveDuplicates().endsWith("RECOVERED");
            List<Integer> order = lane.stream().map(one -> received.indexOf(carrier(one))).toList();
            assertThat(order).as("RECOVERED comes last: %s", lane).isSorted();
        }
    }

    /** Alone, as one of an outage, or of its beginning and its end at once. */
    private void everyFaultWasToldToSomebody() {
        Map<String, Set<String>> told = new HashMap<>();
        for (JsonNode one : notices) {
            if (text(one, "status").equals("SENT")) {
                told.computeIfAbsent(text(one, "subject"), _ -> new HashSet<>())
                        .add(text(one, "event"));
            }
        }
        for (JsonNode issue : issues) {
            List<Set<String>> its = new ArrayList<>();
            its.add(told.getOrDefault(text(issue, "id"), Set.of()));
            its.add(told.getOrDefault(text(issue, "outage_id"), Set.of()));
            assertThat(its).as(issue.toString()).anyMatch(events -> events.contains("RECOVERED"));
        }
    }

    /** I5. */
    private int idsRepeatOnlyWhereAKillFellBetweenSendAndMark(
            Collection<? extends Collection<String>> inDoubt) {
        Map<String, Long> doubts =
                inDoubt.stream()
                        .flatMap(Collection::stream)
                        .collect(Collectors.groupingBy(id -> id, Collectors.counting()));
        Map<String, Long> times =
                received.stream().collect(Collectors.groupingBy(id -> id, Collectors.counting()));
        times.forEach(
                (id, count) ->
                        assertThat(count - 1)
                                .as("repeats of %s", id)
                                .isLessThanOrEqualTo(doubts.getOrDefault(id, 0L)));
        return received.size() - times.size();
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asString("");
    }
}
