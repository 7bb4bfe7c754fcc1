package offload.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import offload.testing.RawHttp;
import offload.testing.Until;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stream that runs is sent past the web server; the connection is as good as any other before and after. */
class FrontDoorStreamsIT {
    private static final String LONG = "x".repeat(3_000);

    @TempDir
    Path data;

    private final CountDownLatch go = new CountDownLatch(1);
    private FrontDoor door;
    private Turn turn;

    @BeforeEach
    void begin() throws Exception {
        door = FrontDoor.open(data, Map.of());
        door.answer(LONG, go, "second");
        turn = Turn.submit(door);
    }

    @AfterEach
    void end() {
        go.countDown();
        door.close();
    }

    private String getEvents(String... headers) {
        String request = FrontDoor.get(turn.events().getPath());
        return headers.length == 0 ? request : request.strip() + "\r\n" + String.join("\r\n", headers) + "\r\n\r\n";
    }

    private static void awaitFirst(RawHttp http) {
        Until.holds("the first event", () -> http.socket().getInputStream().available() > LONG.length());
    }

    private static void assertWhole(RawHttp.Response stream) {
        String text = stream.text();
        assertEquals(200, stream.status());
        assertTrue(text.startsWith(": hb\n") && text.contains(LONG) && text.contains("second"), text);
        assertTrue(text.contains("data: [DONE]\n"), text);
        assertEquals("chunked", stream.header("Transfer-Encoding"));
    }

    @Test
    void after_a_stream_that_ran_the_connection_serves_further_requests_and_further_streams() throws Exception {
        try (RawHttp http = door.send(getEvents())) {
            awaitFirst(http);
            go.countDown();
            assertWhole(http.response());
            for (int i = 0; i < 3; i++) {
                http.send(FrontDoor.get(turn.status().getPath()));
                assertTrue(http.response().text().contains("\"status\":\"done\""));
                turn = Turn.submit(door);
                http.send(getEvents());
                assertTrue(http.response().text().contains("data: [DONE]\n"));
            }
        }
    }

    /** A proxy that forbids DELETE would let it pass. */
    @Test
    void after_a_stream_that_ran_a_method_in_small_letters_is_none_as_ever() throws Exception {
        try (RawHttp http = door.send(getEvents())) {
            awaitFirst(http);
            go.countDown();
            assertWhole(http.response());
            http.send("delete " + turn.status().getPath() + " HTTP/1.1\r\n" + FrontDoor.HOST + "\r\n");
            assertEquals(405, http.response().status());
        }
    }

    @Test
    void a_request_that_was_sent_during_the_stream_is_answered_after_it() throws Exception {
        try (RawHttp http = door.send(getEvents() + FrontDoor.get(turn.status().getPath()))) {
            awaitFirst(http);
            go.countDown();
            assertWhole(http.response());
            assertTrue(http.response().text().contains("\"status\":\"done\""));
        }
    }

    @Test
    void a_client_that_wants_no_more_than_the_stream_gets_its_end_and_the_connections() throws Exception {
        try (RawHttp http = door.send(getEvents("Connection: close"))) {
            awaitFirst(http);
            go.countDown();
            assertWhole(http.response());
            assertEquals(0, http.untilClosed().length);
        }
    }

    @Test
    void a_body_with_the_request_is_not_taken_for_the_next_request() throws Exception {
        String body = "GET /nowhere HTTP/1.1\r\nHost: localhost\r\n\r\n";
        try (RawHttp http = door.send(getEvents("Content-Length: " + body.length()) + body)) {
            awaitFirst(http);
            go.countDown();
            assertWhole(http.response());
            http.send(FrontDoor.get(turn.status().getPath()));
            assertTrue(http.response().text().contains("\"status\":\"done\""));
        }
    }

    @Test
    void a_late_reader_of_a_stream_that_runs_gets_a_long_past_and_what_follows() throws Exception {
        go.countDown();
        turn.awaitEnd();
        CountDownLatch more = new CountDownLatch(1);
        door.upstream().then(c -> {
            c.request();
            c.chunkedEventStreamHead();
            for (int i = 0; i < 100; i++) {
                c.chunk("data: " + FrontDoor.chunk(i + LONG) + "\n\n");
            }
            c.await(more);
            c.chunk("data: " + FrontDoor.chunk("second") + "\n\ndata: [DONE]\n\n")
                    .lastChunk();
        });
        turn = Turn.submit(door);
        Path log = door.file(turn.events());
        Until.holds("all of it", () -> Files.size(log) > 100L * LONG.length());
        try (RawHttp http = door.send(getEvents())) {
            awaitFirst(http);
            more.countDown();
            RawHttp.Response stream = http.response();
            assertWhole(stream);
            assertEquals(": hb\n" + Files.readString(log, StandardCharsets.UTF_8), stream.text());
        }
    }

    @Test
    void a_server_that_ends_lets_go_of_readers_whose_turn_was_ended_with_it() throws Exception {
        try (RawHttp http = door.send(getEvents())) {
            awaitFirst(http);
            door.close();
            String seen = new String(http.untilClosed(), StandardCharsets.UTF_8);
            assertTrue(seen.contains(LONG), seen);
            assertFalse(seen.contains("second"), seen);
        }
    }

    @Test
    void an_old_turn_that_was_sent_again_and_again_is_gone_once_it_is_removed() throws Exception {
        go.countDown();
        turn.awaitEnd();
        String name = turn.status().getPath().replaceAll(".*/|[.]json$", "");
        Path old = makeOld();
        String path = "/1/r/pub/2023/06/01/11/07/06/" + name;
        try (RawHttp http = door.connect()) {
            String whole = Files.readString(old.resolve(name + ".txt"));
            for (int i = 0; i < 3; i++) {
                assertEquals(
                        whole,
                        http.send(FrontDoor.get(path + ".txt")).response().text());
            }
            String removal = FrontDoor.get(path + ".json").replaceFirst("GET", "DELETE");
            assertEquals(204, http.send(removal).response().status());
            assertEquals(404, http.send(FrontDoor.get(path + ".txt")).response().status());
        }
    }

    /** Moves the files of the turn to the folder of another time. */
    private Path makeOld() throws IOException {
        Path old = Files.createDirectories(door.file(URI.create("/1/r/pub/2023/06/01/11/07/06")));
        for (URI url : List.of(turn.status(), turn.events())) {
            Path file = door.file(url);
            Files.move(file, old.resolve(file.getFileName()));
        }
        return old;
    }
}
