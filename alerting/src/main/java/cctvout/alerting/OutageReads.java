package cctvout.alerting;

import static cctvout.outage.CauseKey.LINE;
import static cctvout.outage.CauseKey.SITE;

import cctvout.camera.Camera;
import cctvout.camera.CameraId;
import cctvout.issue.Issue;
import cctvout.issue.IssueKind;
import cctvout.outage.CauseKey;
import cctvout.outage.OpenOutage;
import cctvout.outage.Outage;
import cctvout.outage.OutageSettings;
import cctvout.status.StatusTransition;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Mono;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a round has to know of outages; locks what it may change. */
final class OutageReads {

    private final RoundTables tables;
    private final OutageSettings settings;

    OutageReads(RoundTables tables, OutageSettings settings) {
        this.tables = tables;
        this.settings = settings;
    }

    /**
     * What cameras of a batch may have in common with others.
     *
     * @param keys of causes that their issues may share
     * @param sites where their lines are
     * @param oldest when the first of them failed, which may be a while ago; null where none did
     */
    record Causes(Set<String> keys, Set<String> sites, @Nullable Instant oldest) {

        static final Causes NONE = new Causes(Set.of(), Set.of(), null);

        static Causes of(Collection<StatusTransition> batch, Map<CameraId, Camera> cameras) {
            Set<String> keys = new HashSet<>();
            Set<String> sites = new HashSet<>();
            Instant oldest = null;
            for (StatusTransition transition : batch) {
                IssueKind kind = IssueKind.of(transition.to());
                Camera camera = cameras.get(transition.cameraId());
                if (kind == null || camera == null) {
                    continue;
                }
                String key = CauseKey.of(kind, camera);
                if (key != null) {
                    keys.add(key);
                    Instant at = transition.occurredAt();
                    oldest = oldest == null || at.isBefore(oldest) ? at : oldest;
                }
                if (kind == IssueKind.LINE && camera.line() != null && camera.site() != null) {
                    sites.add(camera.site());
                }
            }
            return new Causes(keys, sites, oldest);
        }

        Instant since(Duration window, Instant now) {
            return (oldest == null || oldest.isAfter(now) ? now : oldest).minus(window);
        }
    }

    /**
     * @param open all that there are, locked
     * @param latest issues of the round's cameras, locked
     */
    Mono<OutageFacts> facts(List<OpenOutage> open, List<Issue> latest, Causes causes, Instant now) {
        Set<String> joinable = new HashSet<>(causes.keys());
        causes.sites().forEach(site -> joinable.add(SITE + site));
        List<String> mayEnd =
                open.stream()
                        .filter(
                                one ->
                                        mayEnd(
                                                one,
                                                touched(latest, one.outage()),
                                                joinable.contains(one.outage().key())))
                        .map(one -> one.outage().id())
                        .toList();
        return tables.outages()
                .linesOfSites(settings.siteLines() == 0 ? Set.of() : causes.sites())
                .flatMap(
                        sites ->
                                facts(
                                        open,
                                        causes.keys(),
                                        mayEnd,
                                        sites,
                                        causes.since(settings.window(), now)));
    }

    private Mono<OutageFacts> facts(
            List<OpenOutage> open,
            Set<String> keys,
            List<String> mayEnd,
            Map<String, Map<String, Long>> siteLines,
            Instant since) {
        Set<String> all = new HashSet<>(keys);
        siteLines.keySet().forEach(site -> all.add(SITE + site));
        siteLines.values().forEach(of -> of.keySet().forEach(it -> all.add(LINE + it)));
        List<String> lines =
                all.stream().filter(it -> it.startsWith(LINE)).map(CauseKey::name).toList();
        return Mono.zip(
                        tables.issues()
                                .lockAlone(all, since, since.minus(settings.stragglerHold())),
                        tables.outages().lineSizes(lines))
                .flatMap(
                        alone ->
                                Mono.zip(
                                                tables.issues().lockUnresolvedOf(mayEnd),
                                                tables.cameras().ofEachDistrict(mayEnd))
                                        .map(
                                                read ->
                                                        new OutageFacts(
                                                                open,
                                                                read.getT1(),
                                                                read.getT2(),
                                                                alone.getT1(),
                                                                alone.getT2(),
                                                                siteLines,
                                                                all,
                                                                since)));
    }

    /** How many of the latest issues an outage has: no more than these may leave it. */
    static long touched(List<Issue> latest, Outage outage) {
        return latest.stream().filter(one -> outage.id().equals(one.outageId())).count();
    }

    /** Beside a hundred open outages, a round reads the members of those that it empties. */
    private boolean mayEnd(OpenOutage outage, long touched, boolean joinable) {
        return (touched > 0 || joinable) && outage.unresolved() - touched < settings.threshold();
    }
}
