package offload.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import offload.testing.RawHttp;
import offload.testing.Until;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One turn, many readers who come while it runs, some of them in HTTP/1.0: each has every byte, once. */
class CrowdIT {
    private static final int READERS = 150;
    private static final int EVENTS_A_READER = 7;

    @TempDir
    Path data;

    @Test
    void readers_who_come_at_any_time_and_in_any_number_have_every_byte_once() throws Exception {
        Semaphore opened = new Semaphore(0);
        try (FrontDoor door = FrontDoor.open(data, Map.of());
                ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
            door.upstream().then(c -> {
                c.request();
                c.chunkedEventStreamHead();
                for (int i = 0; i < READERS * EVENTS_A_READER; i++) {
                    // Some come before the first event and some when there is a crowd, and all before the last.
                    if (i % EVENTS_A_READER == 0) {
                        opened.acquireUninterruptibly();
                    }
                    c.chunk("data: " + FrontDoor.chunk(i + "x".repeat(i % 8 * 100)) + "\n\n");
                }
                c.chunk("data: [DONE]\n\n").lastChunk();
            });
            Turn turn = Turn.submit(door);
            String request = FrontDoor.get(turn.events().getPath());
            String older = request.replace("HTTP/1.1", "HTTP/1.0");
            List<Future<String>> streams = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                String mine = i % 3 == 0 ? older : request;
                streams.add(readers.submit(() -> {
                    try (RawHttp http = door.send(mine)) {
                        // Not before: who is answered when the turn has ended gets its file, without a heartbeat.
                        Until.holds(
                                "the answer begins",
                                () -> http.socket().getInputStream().available() > 0);
                        opened.release();
                        return http.response().text();
                    }
                }));
            }
            turn.awaitEnd();
            String whole = ": hb\n" + Files.readString(door.file(turn.events()), StandardCharsets.UTF_8);
            for (Future<String> stream : streams) {
                assertEquals(whole, stream.get());
            }
        }
    }
}
