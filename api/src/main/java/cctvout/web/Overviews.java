package cctvout.web;

import cctvout.alerting.IssueDesk;
import cctvout.engine.EngineStatus;
import cctvout.engine.ProbeEngine;
import cctvout.outage.Outages;
import cctvout.role.Roles;
import cctvout.stream.SummarySource;

import org.springframework.beans.factory.ObjectProvider;

import reactor.core.publisher.Mono;

/** The overview, for whoever asks and for the live stream. */
final class Overviews implements SummarySource {

    private final VerdictCounts verdicts;
    private final IssueDesk issues;
    private final Outages outages;
    private final ObjectProvider<ProbeEngine> engine;
    private final EngineStatus noEngine;

    Overviews(
            VerdictCounts verdicts,
            IssueDesk issues,
            Outages outages,
            ObjectProvider<ProbeEngine> engine,
            Roles roles) {
        this.verdicts = verdicts;
        this.issues = issues;
        this.outages = outages;
        this.engine = engine;
        this.noEngine =
                EngineStatus.absent(
                        "this process does not probe: " + Roles.SETTING + " is " + roles);
    }

    @Override
    public Mono<Overview> summary() {
        return Mono.zip(
                        verdicts.count(),
                        issues.countUnresolved(),
                        outages.countOpen(),
                        verdicts.revision())
                .map(
                        all ->
                                new Overview(
                                        all.getT1().values().stream()
                                                .mapToLong(Long::longValue)
                                                .sum(),
                                        all.getT1(),
                                        all.getT2(),
                                        all.getT3(),
                                        engineStatus(),
                                        all.getT4()));
    }

    private EngineStatus engineStatus() {
        ProbeEngine running = engine.getIfAvailable();
        return running == null ? noEngine : running.status();
    }
}
