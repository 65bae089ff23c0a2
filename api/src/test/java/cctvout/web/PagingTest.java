package cctvout.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Every list is read page by page in the same way, whatever is made and removed meanwhile. */
class PagingTest extends AdminRig {

    @Autowired private JsonMapper json;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/api/cameras|{\"id\":\"pg-?\",\"ip\":\"10.3.3.3\",\"enabled\":false}",
                "/api/recipients|{\"id\":\"pg-?\",\"role\":\"CAMERA_VENDOR\",\"vendors\":[\"pg\"]}",
                "/api/policies|{\"id\":\"pg-?\",\"enabled\":false}",
                "/api/maintenance-windows|{\"id\":\"pg-?\",\"scope\":{\"lines\":[\"pg\"]},"
                        + "\"startsAt\":\"2030-01-01T00:00:00Z\",\"endsAt\":\"2030-01-01T01:00:00Z\"}",
                "/api/users|{\"id\":\"pg-?\",\"role\":\"VIEWER\",\"password\":\"long enough\"}",
                "/api/tokens|{\"name\":\"pg-?\",\"role\":\"VIEWER\"}"
            })
    void nothingIsSkippedOrRepeatedWhileOthersComeAndGo(String path, String body) {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            made.add(create(path, body.replace("?", Integer.toString(i))));
        }
        try {
            List<String> seen = new ArrayList<>();
            String next = "";
            boolean removed = false;
            do {
                JsonNode page = get(path + "?limit=1&cursor=" + next);
                page.path("items").forEach(item -> seen.add(item.path("id").asString()));
                next = page.path("next").isNull() ? "" : page.path("next").asString();
                if (!removed && made.contains(seen.getLast())) {
                    removed = true;
                    remove(path, seen.getLast()); // the cursor's own
                }
            } while (!next.isEmpty());
            assertThat(removed).isTrue();
            assertThat(seen).doesNotHaveDuplicates().containsAll(made);
        } finally {
            made.forEach(id -> remove(path, id));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/cameras",
                "/api/statuses",
                "/api/recipients",
                "/api/policies",
                "/api/maintenance-windows",
                "/api/users",
                "/api/tokens",
                "/api/issues",
                "/api/outages",
                "/api/notifications",
                "/api/inbox",
                "/api/audit"
            })
    void whatIsNoLimitOrNoCursorIsNamed(String path) {
        refused(path + "?limit=0", "limit");
        refused(path + "?limit=100001", "limit");
        refused(path + "?limit=many", "limit");
        refused(path + "?cursor=no%20cursor", "cursor");
        get(path + "?limit=&cursor=");
    }

    /** As the contract writes the addresses: all parameters there, and none of them filled in. */
    @Test
    void anEmptyParameterAsksForNothing() {
        create("/api/cameras", "{\"id\":\"pg-e\",\"ip\":\"10.3.3.4\",\"enabled\":false}");
        try {
            JsonNode all = get("/api/cameras?limit=1000");
            assertThat(
                            get(
                                    "/api/cameras?q=&verdict=&line=&site=&district=&vendor=&zone="
                                            + "&limit=1000&cursor="))
                    .isEqualTo(all);
            get("/api/issues?status=&kind=&camera=&limit=&cursor=");
            get("/api/notifications?status=&issue=&outage=&recipient=&channel=");
            get("/api/reports/availability?from=&to=&by=&format=");
        } finally {
            remove("/api/cameras", "pg-e");
        }
    }

    @Test
    void aPageThatEndsWithTheListHasNoNext() {
        String path = "/api/recipients/pg-" + UUID.randomUUID();
        client.delete().uri(path).exchange().expectStatus().isNotFound();
        Instant until = Instant.now().plusSeconds(60);
        JsonNode page;
        do {
            page = get("/api/audit?limit=1&path=" + path);
        } while (page.path("items").isEmpty() && Instant.now().isBefore(until));
        assertThat(page.path("items").size()).isOne();
        assertThat(page.path("next").isNull()).isTrue();
    }

    @Test
    void noticesAreFoundByTheirOutageAndNoChannelIsMadeUp() {
        assertThat(get("/api/notifications?outage=none").path("items").size()).isZero();
        refused("/api/notifications?channel=pigeon", "channel");
    }

    private String create(String path, String body) {
        byte[] answer =
                send(HttpMethod.POST, path, body)
                        .expectStatus()
                        .isCreated()
                        .expectBody()
                        .returnResult()
                        .getResponseBody();
        return json.readTree(answer).path("id").asString();
    }

    private JsonNode get(String uri) {
        return json.readTree(
                client.get()
                        .uri(java.net.URI.create("http://localhost:" + port + uri))
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .expectBody()
                        .returnResult()
                        .getResponseBody());
    }

    private void remove(String path, String id) {
        client.delete().uri(path + "/{id}", id).exchange();
    }

    private void refused(String uri, String field) {
        client.get()
                .uri(java.net.URI.create("http://localhost:" + port + uri))
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo(field);
    }
}
