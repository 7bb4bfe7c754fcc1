package offload.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import offload.testing.RawHttp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that cannot have a body say nothing of one (RFC 9110, section 8.6), and their connection goes on. */
class BodilessAnswersIT {
    @TempDir
    static Path data;

    private static FrontDoor door;

    @BeforeAll
    static void start() throws IOException {
        door = FrontDoor.open(data, Map.of());
    }

    @AfterAll
    static void stop() {
        door.close();
    }

    @Test
    void a_304_of_the_status_has_its_etag_and_no_length() throws IOException {
        String path = finished().status().getPath();
        try (RawHttp http = door.send(FrontDoor.get(path))) {
            String etag = Objects.requireNonNull(http.response().header("ETag"));
            RawHttp.Response known = bodiless(http, "GET", path, "If-None-Match: " + etag + "\r\n");
            assertEquals(304, known.status());
            assertEquals(etag, known.header("ETag"));
            assertEquals(
                    304, bodiless(http, "HEAD", path, "If-None-Match: *\r\n").status());
        }
    }

    @Test
    void a_304_of_a_page_has_no_length() throws IOException {
        try (RawHttp http = door.send(FrontDoor.get("/"))) {
            String etag = Objects.requireNonNull(http.response().header("ETag"));
            assertEquals(
                    304,
                    bodiless(http, "GET", "/", "If-None-Match: " + etag + "\r\n")
                            .status());
        }
    }

    @Test
    void the_204_at_the_end_of_the_events_has_no_length() throws IOException {
        String path = finished().events().getPath();
        try (RawHttp http = door.send(FrontDoor.get(path))) {
            int end = http.response().body().length;
            assertEquals(
                    204,
                    bodiless(http, "GET", path, "Last-Event-ID: " + end + "\r\n")
                            .status());
        }
    }

    /** The length of a GET's answer, or none (RFC 9110, section 8.6): nobody knows it yet. */
    @ParameterizedTest
    @ValueSource(strings = {"1.1", "1.0"})
    void HEAD_of_a_stream_that_runs_has_no_length(String version) throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        door.upstream().then(c -> {
            c.request();
            c.chunkedEventStreamHead();
            c.await(go);
            c.chunk("data: [DONE]\n\n").lastChunk();
        });
        Turn turn = Turn.submit(door);
        String head = "HEAD " + turn.events().getPath() + " HTTP/" + version + "\r\n" + FrontDoor.HOST + "\r\n";
        try (RawHttp http = door.send(head)) {
            RawHttp.Response answer = http.responseWithoutBody();
            assertEquals(200, answer.status());
            assertNull(answer.header("Content-Length"));
            if (version.equals("1.0")) {
                assertEquals(0, http.untilClosed().length);
            } else {
                assertEquals(200, http.send(FrontDoor.get("/health")).response().status());
            }
        } finally {
            go.countDown();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Origin: https://page.example\r\nAccess-Control-Request-Method: POST\r\n"})
    void the_204_for_OPTIONS_has_no_length(String fields) throws IOException {
        try (RawHttp http = door.connect()) {
            RawHttp.Response answer = bodiless(http, "OPTIONS", "/v1/stream-chatgpt", fields);
            assertEquals(204, answer.status());
            assertNotNull(answer.header(fields.isEmpty() ? "Allow" : "Access-Control-Allow-Methods"));
        }
    }

    @Test
    void the_204_for_DELETE_has_no_length() throws IOException {
        try (RawHttp http = door.connect()) {
            assertEquals(
                    204,
                    bodiless(http, "DELETE", finished().status().getPath(), "").status());
        }
    }

    private static Turn finished() throws IOException {
        Turn turn = Turn.submit(door);
        turn.awaitEnd();
        return turn;
    }

    /** The answer to such a request, after which the same connection must serve another. */
    private static RawHttp.Response bodiless(RawHttp http, String method, String path, String fields)
            throws IOException {
        http.send(method + " " + path + " HTTP/1.1\r\n" + FrontDoor.HOST + fields + "\r\n" + FrontDoor.get("/health"));
        RawHttp.Response answer = http.response();
        String head = new String(answer.head().bytes(), StandardCharsets.ISO_8859_1);
        assertNull(answer.header("Content-Length"), head);
        assertNull(answer.header("Transfer-Encoding"), head);
        RawHttp.Response next = http.response();
        assertEquals(200, next.status());
        assertEquals("{\"status\":\"up\"", next.text().substring(0, 14));
        return answer;
    }
}
