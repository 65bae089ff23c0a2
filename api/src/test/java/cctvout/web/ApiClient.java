package cctvout.web;

import cctvout.WholeApplication;

import org.springframework.http.HttpHeaders;
import org.springframework.test.web.reactive.server.WebTestClient;

import java.time.Duration;

/** Clients of the running application. */
public final class ApiClient {

    private ApiClient() {}

    public static WebTestClient anonymous(int port) {
        return WebTestClient.bindToServer()
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
