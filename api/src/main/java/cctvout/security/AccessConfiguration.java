package cctvout.security;

import cctvout.recipient.Recipients;
import cctvout.store.Database;
import cctvout.store.StoredClock;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.web.reactive.function.server.support.RouterFunctionMapping;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;

import reactor.core.scheduler.Scheduler;

import java.time.Clock;
import java.util.List;

/** Accounts, tokens, what they may do, and who did what. */
@Configuration(proxyBeanMethods = false)
class AccessConfiguration {

    @Bean
    AccessWatch accessWatch(Accounts accounts, AccessTokens tokens, SecuritySettings settings) {
        return new AccessWatch(accounts, tokens, settings.revocationCheck(), Clock.systemUTC());
    }

    // not a candidate: password logins are what Spring Security finds by type
    @Bean(defaultCandidate = false)
    TokenAuthentication tokenAuthentication(
            Accounts accounts, AccessTokens tokens, AccessWatch watch, VerifiedLogins verified) {
        return new TokenAuthentication(accounts, tokens, watch, verified, Clock.systemUTC());
    }

    @Bean
    Access access(
            RecipientReach reach,
            @Qualifier("requestMappingHandlerMapping")
                    ObjectProvider<RequestMappingHandlerMapping> routes,
            @Qualifier("routerFunctionMapping") ObjectProvider<RouterFunctionMapping> functions) {
        return new Access(AccessRules.all(), reach, new UnnamedRoutes(List.of(routes, functions)));
    }

    @Bean
    AccountDesk accountDesk(
            Database database,
            Accounts accounts,
            Recipients recipients,
            AccessWatch watch,
            PasswordEncoder encoder,
            Scheduler passwordScheduler,
            SecuritySettings settings) {
        return new AccountDesk(
                database,
                accounts,
                recipients,
                watch,
                encoder,
                passwordScheduler,
                LoginThrottle.of(settings),
                Clock.systemUTC(),
                settings.maxAccounts());
    }

    @Bean
    TokenDesk tokenDesk(
            AccessTokens tokens,
            AccessWatch watch,
            Scheduler passwordScheduler,
            SecuritySettings settings) {
        return new TokenDesk(
                tokens, watch, passwordScheduler, StoredClock.UTC, settings.maxTokens());
    }

    @Bean
    AuditLog auditLog(Database database, SecuritySettings settings) {
        return new AuditLog(database, settings.auditBuffer(), settings.auditKeep());
    }
}
