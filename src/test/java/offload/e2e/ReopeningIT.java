package offload.e2e;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import offload.testing.RawHttp;
import offload.testing.Until;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An {@code EventSource} that keeps half an event over the end of its connection, as in Safari, goes on like any other. */
class ReopeningIT {
    private static final String SAFARI =
            "Accept: text/event-stream\r\nCache-Control: no-cache\r\nUser-Agent: Mozilla/5.0 (iPhone;"
                    + " CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1\r\n";
    private static final String CHROMIUM = SAFARI.replace("Version/26.0", "Chrome/142.0.0.0");
    private static final String BY_FETCH = SAFARI.replace("Cache-Control: no-cache\r\n", "");

    @TempDir
    Path data;

    private final CountDownLatch go = new CountDownLatch(1);
    private FrontDoor door;
    private Turn turn;

    @BeforeEach
    void begin() throws Exception {
        door = FrontDoor.open(data, Map.of());
        door.answer("Grüße \uD83C\uDF0A", go, "second");
        turn = Turn.submit(door);
    }

    @AfterEach
    void end() {
        go.countDown();
        door.close();
    }

    private String comingBack(String fields, String cursor) {
        return FrontDoor.get(turn.events().getPath()).strip() + "\r\n" + fields + "Last-Event-ID: " + cursor
                + "\r\n\r\n";
    }

    private byte[] log() throws IOException {
        return Files.readAllBytes(door.file(turn.events()));
    }

    private byte[] finished() throws IOException {
        go.countDown();
        turn.awaitEnd();
        return log();
    }

    private static KeepingReader whole(byte[] log) {
        KeepingReader reader = new KeepingReader();
        reader.feed(log);
        return reader;
    }

    @Test
    void wherever_a_finished_log_was_cut_each_event_comes_once_and_whole() throws Exception {
        byte[] log = finished();
        List<String> all = whole(log).heard();
        assertEquals(3, all.size(), all.toString());
        try (RawHttp http = door.send("")) {
            for (int cut = 1; cut < log.length; cut++) {
                KeepingReader reader = whole(Arrays.copyOf(log, cut));
                String cursor = reader.lastId();
                if (cursor != null) {
                    http.send(comingBack(SAFARI, cursor));
                    reader.feed(http.response().body());
                    assertEquals(all, reader.heard(), "cut at " + cut);
                    assertEquals(String.valueOf(log.length), reader.lastId());
                }
            }
        }
    }

    @Test
    void so_they_do_where_the_turn_still_runs() throws Exception {
        Until.holds("the first event", () -> log().length > 0);
        KeepingReader reader = whole(log());
        reader.feed("data: {\"choi".getBytes(StandardCharsets.US_ASCII));
        String cursor = String.valueOf(reader.lastId());
        try (RawHttp http = door.send(comingBack(SAFARI, cursor))) {
            go.countDown();
            RawHttp.Response response = http.response();
            assertTrue(response.text().startsWith(": hb\nid: " + cursor + "\nevent: cut\n\n"), response.text());
            reader.feed(response.body());
        }
        assertEquals(whole(finished()).heard(), reader.heard());
    }

    @Test
    void nobody_else_gets_more_than_the_log() throws Exception {
        byte[] log = finished();
        String cursor = new String(log, StandardCharsets.UTF_8).replaceAll("(?s)^.*?\nid: (\\d+)\n.*", "$1");
        byte[] rest = Arrays.copyOfRange(log, Integer.parseInt(cursor), log.length);
        try (RawHttp http = door.send("")) {
            for (String fields : List.of(CHROMIUM, BY_FETCH, "")) {
                http.send(comingBack(fields, cursor));
                assertArrayEquals(rest, http.response().body(), fields);
            }
            http.send(FrontDoor.get(turn.events().getPath()).strip() + "\r\n" + SAFARI + "\r\n");
            assertArrayEquals(log, http.response().body(), "from the start");
            http.send(comingBack(SAFARI, String.valueOf(log.length)));
            assertEquals(204, http.responseWithoutBody().status());
        }
    }
}
