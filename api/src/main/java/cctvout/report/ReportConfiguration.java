package cctvout.report;

import cctvout.history.PlannedWork;
import cctvout.history.VerdictHistory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import reactor.core.publisher.Mono;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ReportSettings.class)
class ReportConfiguration {

    @Bean
    AvailabilityReport availabilityReport(
            VerdictHistory verdicts, ObjectProvider<PlannedWork> planned, ReportSettings settings) {
        PlannedWork nothing = _ -> Mono.just(PlannedWork.Plan.NOTHING);
        return new AvailabilityReport(verdicts, planned.getIfAvailable(() -> nothing), settings);
    }
}
