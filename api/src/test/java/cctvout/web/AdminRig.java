package cctvout.web;

import cctvout.WholeApplication;

import org.junit.jupiter.api.BeforeEach;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

/** The whole application, and its admin at REST. */
@WholeApplication
abstract class AdminRig {

    @LocalServerPort int port;
    WebTestClient client;

    @BeforeEach
    void connect() {
        client = ApiClient.admin(port);
    }

    /** The body is JSON. */
    WebTestClient.ResponseSpec send(HttpMethod method, String path, String body) {
        return client.method(method)
                .uri(path)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange();
    }
}
