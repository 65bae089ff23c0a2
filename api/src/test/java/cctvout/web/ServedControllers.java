package cctvout.web;

import cctvout.problem.ProblemAnswers;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.reactive.config.EnableWebFlux;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;

import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

import java.time.Duration;

/** Some controllers, without the rest of the application, on a real server. */
public final class ServedControllers {

    private static final Duration SOON = Duration.ofSeconds(10);

    @EnableWebFlux
    static class Web {}

    private ServedControllers() {}

    /** On a port of its own; the context holds the controllers and is not refreshed yet. */
    public static DisposableServer of(AnnotationConfigApplicationContext context) {
        context.register(Web.class, ProblemAnswers.class);
        context.refresh();
        var handler =
                new ReactorHttpHandlerAdapter(
                        WebHttpHandlerBuilder.applicationContext(context).build());
        return HttpServer.create().host("127.0.0.1").port(0).handle(handler).bindNow(SOON);
    }
}
