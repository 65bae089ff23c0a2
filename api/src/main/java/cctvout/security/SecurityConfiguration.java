package cctvout.security;

import cctvout.dashboard.ContentPolicy;
import cctvout.dashboard.DashboardSettings;
import cctvout.lifecycle.UntilStopped;
import cctvout.problem.ProblemAnswers;
import cctvout.problem.ProblemException;

import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.authentication.AuthenticationWebFilter;
import org.springframework.security.web.server.authentication.ServerAuthenticationConverter;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.context.ServerSecurityContextRepository;
import org.springframework.security.web.server.csrf.CookieServerCsrfTokenRepository;
import org.springframework.security.web.server.csrf.ServerCsrfTokenRequestAttributeHandler;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedHandler;
import org.springframework.security.web.server.header.ReferrerPolicyServerHttpHeadersWriter.ReferrerPolicy;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

@Configuration(proxyBeanMethods = false)
@EnableWebFluxSecurity
@EnableConfigurationProperties(SecuritySettings.class)
class SecurityConfiguration {

    private static final String[] PUBLIC = {
        "/healthz", "/actuator/health/liveness", "/actuator/health/readiness"
    };

    /** Those that anything here takes; which of them a path does is not told to strangers. */
    private static final List<HttpMethod> METHODS =
            List.of(
                    HttpMethod.DELETE,
                    HttpMethod.GET,
                    HttpMethod.HEAD,
                    HttpMethod.OPTIONS,
                    HttpMethod.PATCH,
                    HttpMethod.POST,
                    HttpMethod.PUT);

    @Bean
    PasswordEncoder passwordEncoder() {
        return PasswordEncoderFactories.createDelegatingPasswordEncoder();
    }

    @Bean(destroyMethod = "dispose")
    Scheduler passwordScheduler(SecuritySettings settings) {
        return Schedulers.newBoundedElastic(
                settings.passwordThreads(), settings.passwordQueue(), "password", 60, true);
    }

    @Bean
    AdminAccount adminAccount(
            Accounts accounts,
            PasswordEncoder encoder,
            Scheduler passwordScheduler,
            SecuritySettings settings,
            Environment environment) {
        return new AdminAccount(
                accounts,
                encoder,
                passwordScheduler,
                settings.adminPassword(),
                System.out,
                !environment.getProperty("logging.structured.format.console", "").isEmpty());
    }

    @Bean
    PasswordAuthentication passwordAuthentication(
            Accounts accounts,
            AdminAccount admin,
            PasswordEncoder encoder,
            Scheduler passwordScheduler,
            VerifiedLogins verified,
            AccessWatch watch,
            AuditLog audit,
            SecuritySettings settings) {
        return new PasswordAuthentication(
                accounts,
                admin.ready(),
                encoder,
                passwordScheduler,
                LoginThrottle.of(settings),
                verified,
                watch,
                audit,
                Clock.systemUTC());
    }

    @Bean
    VerifiedLogins verifiedLogins(SecuritySettings settings) {
        return new VerifiedLogins(settings.verifiedFor(), settings.rememberedLogins());
    }

    @Bean
    StandingSessions sessions(
            LoginSessions sessions,
            AccessWatch watch,
            Scheduler passwordScheduler,
            SecuritySettings settings) {
        return new StandingSessions(
                sessions, watch, passwordScheduler, Clock.systemUTC(), settings);
    }

    @Bean
    UntilStopped sessionsLookedAfter(StandingSessions sessions) {
        return new UntilStopped(
                "watch over sessions",
                Duration.ofSeconds(1),
                stopping -> sessions.looks().takeUntilOther(stopping.signal()));
    }

    @Bean
    AccessEnds accessEnds(AccessWatch watch, StandingSessions sessions) {
        return new GrantEnds(watch, sessions);
    }

    /** A path or header that no honest client sends is refused before all else. */
    @Bean
    ServerExchangeRejectedHandler refusedRequests(ProblemAnswers answers) {
        return (exchange, _) -> {
            HttpMethod method = exchange.getRequest().getMethod();
            return answers.write(
                    exchange,
                    METHODS.contains(method)
                            ? new ProblemException(
                                    HttpStatus.BAD_REQUEST,
                                    "the path, a parameter or a header holds what must not be"
                                            + " there")
                            : ProblemException.noMethod(method.name(), METHODS));
        };
    }

    @Bean
    RouterFunction<ServerResponse> sessionRoutes(
            PasswordAuthentication passwords,
            ServerSecurityContextRepository sessions,
            SecuritySettings settings) {
        var login = new SessionLogin(passwords, sessions, !settings.enabled());
        return RouterFunctions.route()
                .GET("/login", login::page)
                .POST("/login", login::login)
                .POST("/logout", login::logout)
                .GET("/api/session", login::session)
                .add(login::others)
                .build();
    }

    @Bean
    SecurityWebFilterChain securityChain(
            ServerHttpSecurity http,
            PasswordAuthentication passwords,
            @Qualifier("tokenAuthentication") TokenAuthentication tokens,
            @Qualifier("jwtAuthentication") ObjectProvider<JwtAuthentication> foreign,
            ServerSecurityContextRepository sessions,
            Access access,
            AuditLog audit,
            ProblemAnswers answers,
            DashboardSettings dashboard,
            SecuritySettings settings) {
        var refusals = new Refusals(answers);
        withoutForgery(http, sessions, refusals);
        headers(http, new ContentPolicy(dashboard));
        otherOrigins(http, settings.allowedOrigins(), answers);
        http.securityContextRepository(sessions)
                .httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
                .formLogin(ServerHttpSecurity.FormLoginSpec::disable)
                .logout(ServerHttpSecurity.LogoutSpec::disable)
                .requestCache(ServerHttpSecurity.RequestCacheSpec::disable)
                .exceptionHandling(
                        errors ->
                                errors.authenticationEntryPoint(refusals)
                                        .accessDeniedHandler(refusals));
        if (!settings.enabled()) {
            LoggerFactory.getLogger(SecurityConfiguration.class)
                    .warn(
                            "cctvout.security.enabled=false: everybody who reaches this port may"
                                    + " read and change everything");
            return http.authorizeExchange(all -> all.anyExchange().permitAll()).build();
        }
        return http.addFilterAt(
                        header(passwords, new BasicCredentials(), refusals),
                        SecurityWebFiltersOrder.HTTP_BASIC)
                .addFilterBefore(
                        header(
                                new BearerAuthentication(tokens, foreign.getIfAvailable()),
                                new BearerLogin.Converter(),
                                refusals),
                        SecurityWebFiltersOrder.HTTP_BASIC)
                .addFilterAfter(
                        new AuditFilter(audit, Clock.systemUTC()),
                        SecurityWebFiltersOrder.AUTHENTICATION)
                .addFilterAfter(
                        new RequestRates(answers, budget(settings)),
                        SecurityWebFiltersOrder.AUTHENTICATION)
                .authorizeExchange(gates -> gates(gates, access, settings))
                .build();
    }

    /** Without any named site nothing is said of origins, and no browser lets another page read. */
    private static void otherOrigins(
            ServerHttpSecurity http, List<String> origins, ProblemAnswers answers) {
        http.cors(ServerHttpSecurity.CorsSpec::disable);
        if (!origins.isEmpty()) {
            http.addFilterAt(new OtherOrigins(origins, answers), SecurityWebFiltersOrder.CORS);
        }
    }

    private static CallerBudget budget(SecuritySettings settings) {
        return new CallerBudget(
                settings.requestsPerSecond(),
                settings.requestBurst(),
                settings.rememberedLogins(),
                System::nanoTime);
    }

    private static void gates(
            ServerHttpSecurity.AuthorizeExchangeSpec gates,
            Access access,
            SecuritySettings settings) {
        gates.pathMatchers(HttpMethod.GET, PUBLIC)
                .permitAll()
                .pathMatchers(HttpMethod.HEAD, PUBLIC)
                .permitAll()
                .pathMatchers(HttpMethod.POST, "/login", "/logout")
                .permitAll()
                .matchers(StaticFiles.ofClassPath())
                .permitAll();
        if (settings.openMetrics()) {
            gates.pathMatchers(HttpMethod.GET, "/actuator/prometheus").permitAll();
        }
        gates.anyExchange().access(access);
    }

    private static AuthenticationWebFilter header(
            ReactiveAuthenticationManager manager,
            ServerAuthenticationConverter credentials,
            Refusals refusals) {
        var filter = new AuthenticationWebFilter(manager);
        filter.setServerAuthenticationConverter(credentials);
        filter.setSecurityContextRepository(NoOpServerSecurityContextRepository.getInstance());
        filter.setAuthenticationFailureHandler(
                (exchange, error) -> refusals.commence(exchange.getExchange(), error));
        return filter;
    }

    private static void withoutForgery(
            ServerHttpSecurity http, ServerSecurityContextRepository sessions, Refusals refusals) {
        var tokens = CookieServerCsrfTokenRepository.withHttpOnlyFalse();
        tokens.setCookieCustomizer(cookie -> cookie.sameSite("Lax"));
        var forged = new ForgedRequests(sessions);
        http.csrf(
                        csrf ->
                                csrf.csrfTokenRepository(tokens)
                                        .requireCsrfProtectionMatcher(forged)
                                        .accessDeniedHandler(refusals)
                                        .csrfTokenRequestHandler(
                                                new ServerCsrfTokenRequestAttributeHandler()))
                .addFilterAfter(forged, SecurityWebFiltersOrder.CSRF);
    }

    private static void headers(ServerHttpSecurity http, ContentPolicy policy) {
        http.headers(
                headers ->
                        headers.frameOptions(
                                        ServerHttpSecurity.HeaderSpec.FrameOptionsSpec::disable)
                                .writer(policy)
                                .referrerPolicy(
                                        referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN)));
    }
}
