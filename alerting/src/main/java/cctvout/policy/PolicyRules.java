package cctvout.policy;

import cctvout.camera.Camera;
import cctvout.camera.CameraCheck;
import cctvout.recipient.Parties;
import cctvout.recipient.Recipient;
import cctvout.recipient.RecipientChannel;
import cctvout.record.RecordId;
import cctvout.record.Violation;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a policy must be, checked when it is written. */
public final class PolicyRules {

    public static final int MAX_NAME = 200;
    public static final int MAX_LIST = 1000;
    public static final int MAX_PRIORITY = 1_000_000;
    public static final int MAX_ESCALATIONS = 10;
    public static final Duration SHORTEST = Duration.ofSeconds(1);
    public static final Duration LONGEST = Duration.ofDays(30);

    private static final Set<String> CHANNELS = Set.copyOf(RecipientChannel.TYPES);

    private final Map<String, String> missing;

    /**
     * @param missing types of channels that lack a setting, and which
     */
    public PolicyRules(Map<String, String> missing) {
        this.missing = Map.copyOf(missing);
    }

    /**
     * All that is wrong with it by itself and with those it names.
     *
     * @param ground what is registered of what it names
     */
    public List<Violation> violations(Policy policy, Parties parties, Ground ground) {
        List<Violation> problems = new ArrayList<>();
        shape(policy, problems);
        match(policy.match(), ground, problems);
        audience("tell", policy.tell(), parties, problems);
        for (int i = 0; i < policy.escalations().size(); i++) {
            audience(
                    "escalations[" + i + "].tell",
                    policy.escalations().get(i).tell(),
                    parties,
                    problems);
        }
        if (problems.isEmpty()) {
            gaps(policy, parties, ground, problems);
        }
        return problems;
    }

    private static void shape(Policy policy, List<Violation> problems) {
        if (!RecordId.isValid(policy.id()) || policy.id().equals("try")) {
            problems.add(violation("id", RecordId.FORM + "; not try"));
        }
        text("name", policy.name(), problems);
        between("priority", policy.priority(), 0, MAX_PRIORITY, problems);
        if (policy.degraded() != null) {
            between(
                    "degraded.afterRounds",
                    policy.degraded().afterRounds(),
                    1,
                    DegradedRule.MOST_ROUNDS,
                    problems);
        }
        Reminders reminders = policy.reminders();
        if (reminders != null) {
            within("reminders.after", reminders.after(), SHORTEST, problems);
            if (reminders.every() != null) {
                within("reminders.every", reminders.every(), SHORTEST, problems);
            } else if (reminders.most() > 1) {
                problems.add(violation("reminders.every", "is required for more than one"));
            }
            between("reminders.most", reminders.most(), 1, Reminders.MOST, problems);
        }
        if (policy.escalations().size() > MAX_ESCALATIONS) {
            problems.add(violation("escalations", "more than " + MAX_ESCALATIONS));
        }
        for (int i = 0; i < policy.escalations().size(); i++) {
            EscalationStep step = policy.escalations().get(i);
            within("escalations[" + i + "].after", step.after(), SHORTEST, problems);
            if (step.tell().isDefault()) {
                problems.add(
                        violation(
                                "escalations[" + i + "].tell", "recipients or roles are required"));
            }
        }
        if (policy.quietHours() != null && policy.quietHours().neverEnds()) {
            problems.add(violation("quietHours.to", "quiet hours of every day that never end"));
        }
    }

    private static void match(FaultMatch match, Ground ground, List<Violation> problems) {
        if (match.possibleKinds().isEmpty()) {
            problems.add(
                    violation(
                            "match.severities",
                            "no fault of these kinds is of one of these severities"));
        }
        named("match.lines", match.lines(), ground.lines(), "no camera is on this line", problems);
        named(
                "match.vendors",
                match.vendors(),
                ground.vendors(),
                "no camera is of this vendor",
                problems);
        named(
                "match.districts",
                match.districts(),
                ground.districts(),
                "no camera is in this district",
                problems);
        named(
                "match.cameras",
                match.cameras(),
                ground.cameras(),
                "no such camera is registered",
                problems);
        if (problems.isEmpty() && ground.examples().isEmpty() && match.namesPlaces()) {
            problems.add(violation("match", "no camera is in all that is named"));
        }
    }

    private static void named(
            String field,
            List<String> names,
            Collection<String> registered,
            String reason,
            List<Violation> problems) {
        if (names.size() > MAX_LIST) {
            problems.add(violation(field, "more than " + MAX_LIST));
            return;
        }
        for (int i = 0; i < names.size(); i++) {
            if (!registered.contains(names.get(i))) {
                problems.add(new Violation(field + "[" + i + "]", names.get(i), reason));
            }
        }
    }

    private void audience(
            String field, Audience audience, Parties parties, List<Violation> problems) {
        if (audience.recipients().size() > MAX_LIST) {
            problems.add(violation(field + ".recipients", "more than " + MAX_LIST));
            return;
        }
        for (int i = 0; i < audience.channels().size(); i++) {
            String type = audience.channels().get(i);
            String wrong = wrongChannel(type);
            if (wrong != null) {
                problems.add(new Violation(field + ".channels[" + i + "]", type, wrong));
            }
        }
        for (int i = 0; i < audience.recipients().size(); i++) {
            String id = audience.recipients().get(i);
            String wrong = wrongRecipient(id, audience, parties);
            if (wrong != null) {
                problems.add(new Violation(field + ".recipients[" + i + "]", id, wrong));
            }
        }
    }

    private @Nullable String wrongChannel(String type) {
        if (!CHANNELS.contains(type)) {
            return "one of " + CHANNELS.stream().sorted().toList();
        }
        String setting = missing.get(type);
        return setting == null
                ? null
                : type + " is not set up: the setting " + setting + " is missing";
    }

    private @Nullable String wrongRecipient(String id, Audience audience, Parties parties) {
        Recipient recipient = parties.find(id).orElse(null);
        if (recipient == null) {
            return "is not registered";
        }
        if (!recipient.enabled()) {
            return "is disabled";
        }
        if (Choice.channels(recipient, audience).isEmpty()) {
            return "has no channel of " + audience.channels();
        }
        return reachable(recipient, audience) ? null : "has no channel that is set up";
    }

    private boolean reachable(Recipient recipient, Audience audience) {
        return Choice.channels(recipient, audience).values().stream()
                .map(RecipientChannel::type)
                .anyMatch(type -> !missing.containsKey(type));
    }

    /** The first fault that would reach nobody, of each audience. */
    private void gaps(Policy policy, Parties parties, Ground ground, List<Violation> problems) {
        gap("tell", policy.tell(), policy, parties, ground, problems);
        for (int i = 0; i < policy.escalations().size(); i++) {
            Audience audience = policy.escalations().get(i).tell();
            gap("escalations[" + i + "].tell", audience, policy, parties, ground, problems);
        }
    }

    private void gap(
            String field,
            Audience audience,
            Policy policy,
            Parties parties,
            Ground ground,
            List<Violation> problems) {
        for (Camera camera : ground.examples()) {
            for (var kind : policy.match().possibleKinds()) {
                Fault fault = new Fault(camera, kind);
                Choice choice = Choice.of(audience, policy.title(), fault, parties);
                if (policy.match().matches(fault)
                        && choice.told().stream()
                                .noneMatch(one -> reachable(one.recipient(), audience))) {
                    problems.add(violation(field, gap(fault, audience, choice)));
                    return;
                }
            }
        }
    }

    private static String gap(Fault fault, Audience audience, Choice choice) {
        Camera camera = fault.camera();
        String who =
                choice.lacking().isEmpty()
                        ? "nobody of " + audience.roles() + " answers for it"
                        : choice.lacking().getFirst().recipientId()
                                + " "
                                + choice.lacking().getFirst().reason();
        return "this fault would reach nobody: "
                + fault.kind()
                + " of camera "
                + camera.id()
                + " (line "
                + camera.line()
                + ", vendor "
                + camera.vendor()
                + ", district "
                + camera.district()
                + "): "
                + who;
    }

    private static void within(
            String field, Duration value, Duration least, List<Violation> problems) {
        if (value.compareTo(least) < 0 || value.compareTo(LONGEST) > 0) {
            problems.add(
                    new Violation(field, value.toString(), "between " + least + " and " + LONGEST));
        }
    }

    private static void between(
            String field, int value, int least, int most, List<Violation> problems) {
        if (value < least || value > most) {
            problems.add(
                    new Violation(
                            field, Integer.toString(value), "between " + least + " and " + most));
        }
    }

    private static void text(String field, String value, List<Violation> problems) {
        if (value.isBlank() || value.length() > MAX_NAME || CameraCheck.anyUnprintable(value)) {
            problems.add(
                    violation(field, "1 to " + MAX_NAME + " characters, no control characters"));
        }
    }

    private static Violation violation(String field, String reason) {
        return new Violation(field, null, reason);
    }
}
