package cctvout.web;

import cctvout.icmp.IcmpProber;
import cctvout.role.Role;
import cctvout.role.Roles;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Says once, in plain words, what was started and what it lacks. */
@Component
class StartReport {

    private static final Logger log = LoggerFactory.getLogger(StartReport.class);

    private final Environment environment;
    private final Roles roles;
    private final ObjectProvider<IcmpProber> icmp;

    StartReport(Environment environment, Roles roles, ObjectProvider<IcmpProber> icmp) {
        this.environment = environment;
        this.roles = roles;
        this.icmp = icmp;
    }

    @EventListener(ApplicationReadyEvent.class)
    void ready() {
        log.info("Roles: {}", roles);
        log.info("Database: {}", database());
        if (roles.has(Role.PROBE)) {
            icmp.ifAvailable(StartReport::icmp);
        }
        log.info(
                "CCTV Out is up: http://localhost:{}",
                environment.getProperty("local.server.port"));
    }

    private static void icmp(IcmpProber prober) {
        if (prober.mode() == IcmpProber.Mode.UNAVAILABLE) {
            log.warn("No ICMP echo, stream checks alone: {}", prober.explanation());
        } else {
            log.info("ICMP: {}", prober.explanation());
        }
    }

    /** Without user and password that a URL may hold. */
    private String database() {
        String url = environment.getProperty("spring.r2dbc.url", "");
        return url.isBlank()
                ? "embedded PostgreSQL in "
                        + environment.getProperty("cctvout.data-dir", "./cctv-out-data")
                : "external PostgreSQL, "
                        + url.replaceFirst("//[^/@]*@", "//").replaceFirst("\\?.*", "");
    }
}
