package cctvout.web;

import cctvout.alerting.IssueDesk;
import cctvout.camera.CameraCheck;
import cctvout.engine.ProbeEngine;
import cctvout.network.AllowedNetworks;
import cctvout.outage.Outages;
import cctvout.role.ConditionalOnRole;
import cctvout.role.Role;
import cctvout.role.Roles;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@ConditionalOnRole(Role.API)
class WebConfiguration {

    @Bean
    Overviews overviews(
            VerdictCounts verdicts,
            IssueDesk issues,
            Outages outages,
            ObjectProvider<ProbeEngine> engine,
            Roles roles) {
        return new Overviews(verdicts, issues, outages, engine, roles);
    }

    @Bean
    CameraBodies cameraBodies(AllowedNetworks networks) {
        return new CameraBodies(new CameraCheck(networks));
    }
}
