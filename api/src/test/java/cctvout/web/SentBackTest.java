package cctvout.web;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.log.Json;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.Objects;

/** What was read is taken back whole; a field that there is not is named. */
class SentBackTest extends AdminRig {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "cameras|{'id':'back-1','hlsUrl':'http://10.0.0.1/a.m3u8','latitude':36.8,'line':'back-L','interval':'15m','enabled':false}|name",
                "recipients|{'id':'back-1','role':'LINE_OPERATOR','lines':['back-L'],'channels':[{'type':'webhook','url':'http://10.0.0.5/hook','secret':'s'},{'type':'inbox'}]}|name",
                "policies|{'id':'back-1','priority':900000,'degraded':{'opensIssue':true},'reminders':{'after':'30m','every':'4h','most':3},'escalations':[{'after':'2h','tell':{'recipients':['control-room']}}],'quietHours':{'days':['FRIDAY'],'from':'22:00','to':'07:00','breakThrough':{'severities':['CRITICAL']}}}|name",
                "maintenance-windows|{'id':'back-1','scope':{'lines':['back-L']},'startsAt':'2126-01-01T00:00:00Z','endsAt':'2126-01-02T00:00:00Z'}|name",
                "maintenance-windows|{'id':'back-2','scope':{'sites':['back-S']},'repeat':{'days':['MONDAY'],'start':'02:00','duration':'2h'}}|reason",
                "users|{'id':'back-1','role':'VIEWER','password':'a long password'}|role",
                "tokens|{'name':'back','role':'VIEWER'}|name",
            })
    void aRecordIsTakenBackAsItWasShown(String kind, String body, String field) {
        JsonNode made = send(HttpMethod.POST, "/api/" + kind, body.replace('\'', '"'), 201);
        String path = "/api/" + kind + "/" + made.path("id").asString();
        try {
            ObjectNode shown = (ObjectNode) read(path);
            shown.put(field, field.equals("role") ? "OPERATOR" : "other");
            assertThat(send(HttpMethod.PUT, path, shown.toString(), 200).path(field))
                    .isEqualTo(shown.path(field));
            JsonNode before = read(path);
            JsonNode after = send(HttpMethod.PATCH, path, before.toString(), 200);
            assertThat(after.path(field)).isEqualTo(shown.path(field));
            assertThat(after.path("version")).isEqualTo(before.path("version"));
            ObjectNode misspelt = (ObjectNode) read(path);
            refused(HttpMethod.PATCH, path, "{\"nam\":null}", "nam");
            refused(HttpMethod.PUT, path, misspelt.put("lin", 1).toString(), "lin");
            refused(HttpMethod.POST, "/api/" + kind, misspelt.toString(), "lin");
        } finally {
            client.delete().uri(path).exchange().expectStatus().isNoContent();
        }
    }

    @Test
    void aTextIsTakenBackAsItWasShown() {
        String path = "/api/templates/REMINDER/en";
        ObjectNode shown = (ObjectNode) read(path);
        try {
            send(HttpMethod.PUT, path, shown.toString(), 200);
            send(HttpMethod.PUT, path, read(path).toString(), 200);
            send(HttpMethod.POST, "/api/templates/preview", read(path).toString(), 200);
            refused(HttpMethod.PUT, path, "{\"bogus\":1}", "bogus");
            refused(
                    HttpMethod.POST,
                    "/api/templates/preview",
                    "{\"event\":\"REMINDER\",\"language\":\"en\",\"bogus\":1}",
                    "bogus");
        } finally {
            client.delete().uri(path).exchange().expectStatus().isNoContent();
        }
    }

    private void refused(HttpMethod method, String path, String body, String field) {
        JsonNode problem = send(method, path, body, 400);
        assertThat(problem.path("errors").path(0).path("field").asString()).isEqualTo(field);
    }

    private JsonNode read(String path) {
        return json(client.get().uri(path).exchange().expectStatus().isOk());
    }

    private JsonNode send(HttpMethod method, String path, String body, int status) {
        return json(send(method, path, body).expectStatus().isEqualTo(status));
    }

    private static JsonNode json(WebTestClient.ResponseSpec answer) {
        byte[] body = answer.expectBody().returnResult().getResponseBody();
        return Json.mapper().readTree(Objects.requireNonNull(body));
    }
}
