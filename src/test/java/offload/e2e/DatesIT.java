package offload.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import offload.testing.RawHttp;
import offload.testing.ServerProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an answer says of the time (RFC 9110, sections 5.6.7 and 8.8.2.1). */
class DatesIT {
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
    void no_answer_is_older_than_the_document_that_it_brings() throws IOException {
        Turn turn = Turn.submit(door);
        turn.awaitEnd();
        FileTime ahead = FileTime.from(Instant.now().plus(Duration.ofHours(1)));
        Files.setLastModifiedTime(door.file(turn.status()), ahead);
        try (RawHttp http = door.send(FrontDoor.get(turn.status().getPath()))) {
            RawHttp.Response answer = http.response();
            assertEquals(1, answer.head().headers("Date").size());
            assertEquals(answer.header("Date"), answer.header("Last-Modified"));
        }
    }

    /** The web server's own dates would be in that zone. */
    @Test
    void answers_are_dated_in_gmt_whatever_the_time_zone_of_the_machine(@TempDir Path folder) throws Exception {
        Map<String, String> kathmandu = Map.of("TZ", "Asia/Kathmandu", "OFFLOAD_UPSTREAM_URL", "embedded");
        try (ServerProcess server = ServerProcess.start(folder, kathmandu)) {
            for (String request : new String[] {
                FrontDoor.get("/health/live"),
                FrontDoor.get("/nothing"),
                "OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n",
                "GET /health HTTP/1.0\r\n\r\n",
                "GET /health HTTP/1.1\r\n\r\n",
                "no HTTP\r\n\r\n"
            }) {
                try (RawHttp http = RawHttp.open(server.port())) {
                    http.send(request);
                    List<String> dates = http.response().head().headers("Date");
                    assertEquals(1, dates.size(), request);
                    assertTrue(dates.getFirst().endsWith(" GMT"), request + dates);
                }
            }
        }
    }
}
