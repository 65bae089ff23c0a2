package cctvout.web;

import cctvout.WholeApplication;

import org.springframework.http.HttpHeaders;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.test.web.reactive.server.WebTestClient;

import reactor.netty.http.client.HttpClient;

import java.time.Duration;

/**
 * Clients of the running application. A connection for each request: what a test leaves unread or
 * half sent on one is no other request's trouble.
 */
public final class ApiClient {

    private ApiClient() {}

    public static WebTestClient anonymous(int port) {
        return WebTestClient.bindToServer(
                        new ReactorClientHttpConnector(HttpClient.newConnection()))
                .baseUrl("http://localhost:" + port)
                .responseTimeout(Duration.ofSeconds(30))
                .build();
    }

    public static WebTestClient admin(int port) {
        return anonymous(port)
                .mutate()
                .defaultHeader(HttpHeaders.AUTHORIZATION, basic("admin", WholeApplication.PASSWORD))
                .build();
    }

    public static String basic(String user, String password) {
        return "Basic " + HttpHeaders.encodeBasicAuth(user, password, null);
    }
}
