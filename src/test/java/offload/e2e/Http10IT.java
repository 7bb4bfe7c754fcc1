package offload.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import offload.testing.RawHttp;
import offload.testing.Until;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Proxies that nobody told otherwise, health probes and older PHP speak HTTP/1.0, and get all there is. */
class Http10IT {
    private static final String LONG = "x".repeat(20_000);

    @TempDir
    Path data;

    private final CountDownLatch go = new CountDownLatch(1);
    private FrontDoor door;

    @BeforeEach
    void begin() throws Exception {
        door = FrontDoor.open(data, Map.of());
        door.answer(LONG, go, "second");
    }

    @AfterEach
    void end() {
        go.countDown();
        door.close();
    }

    private static String get(URI url) {
        String query = url.getRawQuery() == null ? "" : '?' + url.getRawQuery();
        return "GET " + url.getPath() + query + " HTTP/1.0\r\n\r\n";
    }

    /** An answer after which the connection is closed, without anything of which HTTP/1.0 does not know. */
    private static RawHttp.Response last(RawHttp http) throws IOException {
        RawHttp.Response answer = http.response();
        assertEquals("close", answer.header("Connection"));
        assertNull(answer.header("Transfer-Encoding"));
        assertEquals(0, http.untilClosed().length);
        return answer;
    }

    private JsonObject submit(String json, String... fields) throws IOException {
        String head = "POST /v1/stream-chatgpt HTTP/1.0\r\nContent-Type: application/json\r\nX-OpenAI-API-Key: k\r\n";
        String more = fields.length == 0 ? "" : String.join("\r\n", fields) + "\r\n";
        try (RawHttp http = door.send(head + more + "Content-Length: " + json.length() + "\r\n\r\n" + json)) {
            RawHttp.Response answer = last(http);
            assertEquals(200, answer.status(), answer.text());
            return Answer.json(answer.text()).asJsonObject();
        }
    }

    private static URI events(JsonObject submitted) {
        return URI.create(submitted.getJsonObject("endpoints").getString("stream_events_url"));
    }

    @Test
    void a_stream_that_runs_comes_event_by_event_and_ends_with_the_connection() throws Exception {
        URI events = events(submit(FrontDoor.JSON));
        try (RawHttp http = door.send(get(events))) {
            Until.holds("the first event", () -> http.socket().getInputStream().available() > LONG.length());
            go.countDown();
            RawHttp.Response stream = last(http);
            assertEquals(200, stream.status());
            assertNull(stream.header("Content-Length"));
            assertEquals(": hb\n" + Files.readString(door.file(events), StandardCharsets.UTF_8), stream.text());
            assertTrue(stream.text().contains(LONG) && stream.text().contains("data: [DONE]\n"), stream.text());
        }
    }

    @Test
    void a_late_reader_gets_a_long_past_and_what_follows() throws Exception {
        URI events = events(submit(FrontDoor.JSON));
        Until.holds("the past", () -> Files.size(door.file(events)) > LONG.length());
        try (RawHttp http = door.send(get(events))) {
            Until.holds("the first event", () -> http.socket().getInputStream().available() > LONG.length());
            go.countDown();
            String stream = last(http).text();
            assertEquals(": hb\n" + Files.readString(door.file(events), StandardCharsets.UTF_8), stream);
        }
    }

    @Test
    void a_stream_that_has_ended_has_a_length() throws Exception {
        go.countDown();
        URI events = events(submit(FrontDoor.JSON));
        Until.holds("the end", () -> Files.readString(door.file(events)).contains("data: [DONE]\n"));
        Until.holds("a length", () -> {
            try (RawHttp http = door.send(get(events))) {
                return last(http).header("Content-Length") != null;
            }
        });
        try (RawHttp http = door.send(get(events))) {
            RawHttp.Response stream = last(http);
            assertEquals(Files.readString(door.file(events), StandardCharsets.UTF_8), stream.text());
            assertEquals(String.valueOf(stream.body().length), stream.header("Content-Length"));
        }
    }

    @Test
    void what_it_does_not_know_of_is_not_asked_of_it() throws Exception {
        JsonObject submitted = submit(FrontDoor.JSON, "Expect: 100-continue", "Connection: Keep-Alive");
        assertEquals("success", submitted.getString("status"));
    }

    @Test
    void a_private_turn_is_as_private_as_ever() throws Exception {
        go.countDown();
        String json = "{\"access\":\"private\"," + FrontDoor.JSON.substring(1);
        JsonObject submitted = submit(json);
        URI events = events(submitted);
        String token = submitted.getJsonObject("authorization").getString("stream_url_arg");
        try (RawHttp reader = door.send(get(URI.create(events + "?" + token)));
                RawHttp stranger = door.send(get(events))) {
            assertEquals(200, last(reader).status());
            assertEquals(401, last(stranger).status());
        }
    }

    @Test
    void on_this_machine_it_is_taken_for_a_proxy_that_speaks_for_anybody() throws Exception {
        go.countDown();
        URI events = events(submit(FrontDoor.JSON));
        String removal = "DELETE " + events.getPath().replace(".txt", ".json") + " HTTP/1.";
        try (RawHttp older = door.send(removal + "0\r\n\r\n");
                RawHttp newer = door.send(removal + "1\r\n" + FrontDoor.HOST + "\r\n")) {
            assertEquals(403, last(older).status());
            assertEquals(204, newer.response().status());
        }
    }

    @Test
    void a_client_that_names_no_host_gets_urls_of_the_address_it_came_to() throws Exception {
        assertEquals("127.0.0.1:" + door.port(), events(submit(FrontDoor.JSON)).getAuthority());
        assertEquals(
                "offload.example:81",
                events(submit(FrontDoor.JSON, "Host: offload.example:81")).getAuthority());
    }

    @Test
    void the_address_that_it_came_to_has_brackets_where_it_is_of_IPv6() throws Exception {
        try (FrontDoor six = FrontDoor.open(data, Map.of("host", "::1"));
                RawHttp http = RawHttp.open("::1", six.port())) {
            http.send("GET /openapi.json HTTP/1.0\r\n\r\n");
            String text = last(http).text();
            assertTrue(text.contains("\"http://[0:0:0:0:0:0:0:1]:" + six.port()), text);
        }
    }

    @Test
    void a_proxy_may_pass_it_on_over_a_connection_that_served_others_before() throws Exception {
        URI events = events(submit(FrontDoor.JSON));
        try (RawHttp http = door.send(FrontDoor.get("/health"))) {
            assertEquals(200, http.response().status());
            http.send(FrontDoor.get("/none"));
            assertEquals(404, http.response().status());
            http.send(get(events));
            Until.holds("the first event", () -> http.socket().getInputStream().available() > LONG.length());
            go.countDown();
            assertTrue(last(http).text().contains("data: [DONE]\n"));
        }
    }
}
