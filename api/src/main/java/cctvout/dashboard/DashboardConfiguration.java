package cctvout.dashboard;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

import java.io.IOException;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DashboardSettings.class)
class DashboardConfiguration {

    /** Whatever version the build brings. */
    private static final String PLAYER =
            "classpath*:META-INF/resources/webjars/hls.js/*/dist/hls.light.min.js";

    @Bean
    RouterFunction<ServerResponse> pageRoutes() throws IOException {
        return Pages.routes(
                new ClassPathResource("static/index.html"),
                new ClassPathResource("static/live.html"),
                player());
    }

    private static Resource player() throws IOException {
        Resource[] found = new PathMatchingResourcePatternResolver().getResources(PLAYER);
        if (found.length != 1) {
            throw new IOException(PLAYER + ": one is wanted, not " + found.length);
        }
        return found[0];
    }
}
