package cctvout.notification;

import static cctvout.notification.NotificationStatus.FAILED;

import cctvout.log.EventLog;
import cctvout.recipient.Language;
import cctvout.recipient.Parties;
import cctvout.recipient.Recipients;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Mono;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Writes what came of tries: the rows, those that they carry, and what goes out in place of one
 * that FAILED. Inside the caller's transaction; locks issues, notices and the head of the log, in
 * this order.
 */
final class DeliveryMarks {

    /** A try and its outcome. */
    record Tried(Notice notice, String endpoint, Delivery delivery, Instant begun, Instant at) {

        /** What was sent is sent, whoever holds the lease by now; a failure is its holder's. */
        boolean counts(Notice stored) {
            return stored.isUnsent()
                    && (delivery instanceof Delivery.Sent
                            || notice.lease() != null && notice.lease().equals(stored.lease()));
        }

        Notice on(Notice stored, RetrySchedule schedule) {
            double dice = ThreadLocalRandom.current().nextDouble();
            return new Outcome(stored, at, schedule, dice).of(delivery);
        }

        String outcome(RetrySchedule schedule) {
            return switch (delivery) {
                case Delivery.Sent _ -> "sent";
                case Delivery.Skipped _ -> "skipped";
                case Delivery.Failed failed
                        when !failed.isFinal()
                                && schedule.staysQuick(notice.tries() + 1, failed.retryAfter()) ->
                        "retry";
                case Delivery.Failed _ -> "failed";
            };
        }

        @Nullable FailureCause cause() {
            return switch (delivery) {
                case Delivery.Sent _ -> null;
                case Delivery.Failed failed -> failed.cause();
                case Delivery.Skipped skipped -> skipped.cause();
            };
        }

        Duration took() {
            return Duration.between(begun, at);
        }
    }

    /** What has just become FAILED. */
    private record Lost(Notice notice, FailureCause cause) {}

    private final Notices notices;
    private final Recipients recipients;
    private final EventLog log;
    private final Escalations escalations;
    private final RetrySchedule schedule;
    private final Language controlRoomLanguage;
    private final InstantSource clock;

    DeliveryMarks(
            Notices notices,
            Recipients recipients,
            EventLog log,
            Escalations escalations,
            RetrySchedule schedule,
            Language controlRoomLanguage,
            InstantSource clock) {
        this.notices = notices;
        this.recipients = recipients;
        this.log = log;
        this.escalations = escalations;
        this.schedule = schedule;
        this.controlRoomLanguage = controlRoomLanguage;
        this.clock = clock;
    }

    Mono<Void> mark(List<Tried> batch) {
        Map<String, Tried> byId =
                batch.stream()
                        .collect(
                                Collectors.toMap(
                                        one -> one.notice().id(),
                                        Function.identity(),
                                        (_, latest) -> latest));
        return notices.lockOpenIssues(issuesOfFailing(batch))
                .flatMap(
                        open ->
                                notices.lockCarried(byId.keySet())
                                        .flatMap(stored -> mark(stored, byId, open)));
    }

    /** Whose round must not pass by while something goes out in place of the failed. */
    private Set<String> issuesOfFailing(List<Tried> batch) {
        return batch.stream()
                .filter(one -> one.on(one.notice(), schedule).notification().status() == FAILED)
                .map(one -> one.notice().notification().issueId())
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    private Mono<Void> mark(List<Notice> stored, Map<String, Tried> byId, Set<String> open) {
        Map<String, Notice> after = new LinkedHashMap<>();
        for (Notice notice : stored) {
            Tried one = byId.get(notice.id());
            if (one != null && one.counts(notice)) {
                after.put(notice.id(), one.on(notice, schedule));
            }
        }
        List<Notice> told = new ArrayList<>();
        List<Lost> failed = new ArrayList<>();
        for (Notice notice : stored) {
            Tried one = byId.get(notice.id());
            Notice own = after.get(notice.id());
            Notice carrier = after.get(String.valueOf(notice.notification().digestId()));
            Notice now = own;
            if (own == null && carrier != null && notice.isUnsent()) {
                now = notice.as(carrier);
            }
            if (now != null && now.notification().status() != notice.notification().status()) {
                after.put(now.id(), now);
                told.add(now);
                FailureCause cause = own == null || one == null ? null : one.cause();
                if (cause != null && now.notification().status() == FAILED) {
                    failed.add(new Lost(now, cause));
                }
            } else if (own != null && own.isNewsSince(notice)) {
                told.add(own);
            }
        }
        Mono<List<Notice>> instead =
                failed.isEmpty() ? Mono.just(List.of()) : inPlaceOf(failed, open);
        return instead.flatMap(
                fresh -> {
                    told.addAll(fresh);
                    List<Notice> rows = new ArrayList<>(after.values());
                    rows.addAll(fresh);
                    return notices.save(rows).then(NoticeLog.append(log, told, clock.instant()));
                });
    }

    private Mono<List<Notice>> inPlaceOf(List<Lost> failed, Set<String> open) {
        List<String> ids = failed.stream().map(lost -> lost.notice().id()).toList();
        List<String> subjects =
                failed.stream()
                        .map(lost -> lost.notice().subject())
                        .filter(Objects::nonNull)
                        .toList();
        return Mono.zip(notices.escalated(ids), notices.ofSubjects(subjects), recipients.all())
                .map(
                        read -> {
                            Parties parties = new Parties(read.getT3(), controlRoomLanguage);
                            return escalated(failed, open, read.getT1(), read.getT2(), parties);
                        });
    }

    private List<Notice> escalated(
            List<Lost> failed,
            Set<String> open,
            Set<String> before,
            Collection<Notice> related,
            Parties parties) {
        Map<String, Notice> latest =
                related.stream()
                        .collect(
                                Collectors.toMap(
                                        Notice::id,
                                        Function.identity(),
                                        (_, later) -> later,
                                        LinkedHashMap::new));
        failed.forEach(lost -> latest.put(lost.notice().id(), lost.notice()));
        List<Notice> fresh = new ArrayList<>();
        Set<String> done = new HashSet<>(before);
        for (Lost lost : failed) {
            Notice one = lost.notice();
            if (isStillNews(one, open) && done.add(one.id())) {
                List<Notice> same =
                        latest.values().stream()
                                .filter(other -> Objects.equals(other.subject(), one.subject()))
                                .toList();
                List<Notice> instead =
                        escalations.of(one, lost.cause(), same, parties, clock.instant());
                instead.forEach(other -> latest.put(other.id(), other));
                fresh.addAll(instead);
            }
        }
        return fresh;
    }

    /** Of a fault that is over, its end is told, and escalated if need be. */
    private static boolean isStillNews(Notice failed, Set<String> open) {
        String issue = failed.notification().issueId();
        return issue == null
                || open.contains(issue)
                || failed.notification().event() == NotificationEvent.RECOVERED;
    }
}
