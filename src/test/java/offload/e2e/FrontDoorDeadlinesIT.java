package offload.e2e;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import offload.files.StatusFile;
import offload.testing.RawHttp;
import offload.testing.Script;
import offload.testing.SseRecorder;
import offload.testing.Until;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Silent, dripping, idle and stuck connections end; slow and waiting ones do not. All times are a second here. */
class FrontDoorDeadlinesIT {
    /** Slow enough not to have the whole answer before the dead one is let go. */
    private static final long SLOW_BYTES_PER_SECOND = 4_000_000;

    private static final ScheduledExecutorService CLOCK = Executors.newSingleThreadScheduledExecutor();

    @TempDir
    static Path data;

    private static FrontDoor door;

    @BeforeAll
    static void start() throws IOException {
        door = FrontDoor.open(
                data,
                Map.of(
                        "limits.header-time", "1 s",
                        "limits.body-time", "1 s",
                        "limits.body-rate", "16 KiB",
                        "limits.idle-time", "1 s",
                        "limits.write-time", "1 s"));
    }

    @AfterAll
    static void stop() {
        door.close();
        CLOCK.shutdownNow();
    }

    /** Sends {@code text} every {@code millis} until the connection does not take it any more. */
    private static ScheduledFuture<?> drip(RawHttp http, String text, int millis) {
        return CLOCK.scheduleAtFixedRate(
                () -> {
                    try {
                        http.send(text);
                    } catch (IOException e) {
                        throw new IllegalStateException("closed", e);
                    }
                },
                millis,
                millis,
                TimeUnit.MILLISECONDS);
    }

    /** {@code start} is before the server can have begun to count: read later, a pause in between looks like an early end. */
    private static void assertEndsAfterASecond(RawHttp http, long start) throws IOException {
        assertArrayEquals(new byte[0], http.untilClosed());
        double seconds = (System.nanoTime() - start) / 1e9;
        assertTrue(seconds > 0.9 && seconds < 8, "it took " + seconds + " s");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "G",
                "GET /health HTT",
                "GET /health HTTP/1.1\r\n",
                "GET /health HTTP/1.1\r\nHost: localhost\r\nX-A",
                "GET /health HTTP/1.0\r\n",
                "GET /health HTTP/1.0\r\nX-A"
            })
    void a_head_that_is_not_finished_in_time_ends_the_connection(String head) throws IOException {
        long start = System.nanoTime();
        try (RawHttp http = door.send(head)) {
            assertEndsAfterASecond(http, start);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /", "GET /health HTTP/1.1\r\nHost: localhost\r\nX: ", "GET /health HTTP/1.0\r\nX: "})
    void a_dripping_head_gets_no_more_time(String head) throws IOException {
        long start = System.nanoTime();
        try (RawHttp http = door.send(head)) {
            ScheduledFuture<?> drip = drip(http, "x", 50);
            assertEndsAfterASecond(http, start);
            drip.cancel(false);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 1000\r\n\r\n{", "Transfer-Encoding: chunked\r\n\r\n400\r\n{"})
    void a_body_that_stops_or_drips_ends_the_connection(String framing) throws IOException {
        long start = System.nanoTime();
        try (RawHttp stopped = door.send(FrontDoor.POST + framing);
                RawHttp dripping = door.send(FrontDoor.POST + framing)) {
            ScheduledFuture<?> drip = drip(dripping, "x", 50);
            assertEndsAfterASecond(stopped, start);
            assertEndsAfterASecond(dripping, start);
            drip.cancel(false);
        }
    }

    @Test
    void a_slow_body_that_keeps_the_rate_is_taken() throws Exception {
        String json = "{\"pad\":\"" + "x".repeat(100_000) + "\"," + FrontDoor.JSON.substring(1);
        try (RawHttp http = door.send(FrontDoor.POST + "Content-Length: " + json.length() + "\r\n\r\n")) {
            CountDownLatch sent = new CountDownLatch(1);
            int[] at = {0};
            long start = System.nanoTime();
            ScheduledFuture<?> drip = CLOCK.scheduleAtFixedRate(
                    () -> {
                        int end = Math.min(json.length(), at[0] + 2_000);
                        try {
                            http.send(json.substring(at[0], end));
                        } catch (IOException e) {
                            throw new IllegalStateException("closed", e);
                        }
                        at[0] = end;
                        if (end == json.length()) {
                            sent.countDown();
                            throw new IllegalStateException("done");
                        }
                    },
                    0,
                    40,
                    TimeUnit.MILLISECONDS);
            assertEquals(200, http.response().status());
            Until.holds("all of it was sent", () -> sent.getCount() == 0);
            assertTrue(System.nanoTime() - start > 1_500_000_000L, "it was not slow enough to tell");
            drip.cancel(false);
        }
    }

    @Test
    void a_connection_that_asks_nothing_more_ends() throws IOException {
        long start = System.nanoTime();
        try (RawHttp http = door.send(FrontDoor.get("/health"))) {
            assertEquals(200, http.response().status());
            assertEndsAfterASecond(http, start);
        }
    }

    @Test
    void a_connection_that_is_used_now_and_then_stays() throws IOException {
        try (RawHttp http = door.connect()) {
            ScheduledFuture<?> drip = drip(http, FrontDoor.get("/health"), 100);
            for (int i = 0; i < 25; i++) {
                assertEquals(200, http.response().status());
            }
            drip.cancel(false);
        }
    }

    @Test
    void a_reader_who_waits_for_a_silent_turn_stays_longer_than_all_times() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        door.upstream().then(Script.eventsThenWait(gate, FrontDoor.chunk("a")));
        Turn turn = Turn.submit(door);
        try (SseRecorder reader = SseRecorder.open(turn.events());
                RawHttp waiting = door.send(
                        FrontDoor.get("/health") + FrontDoor.get(turn.status().getPath() + "?wait=20"))) {
            reader.awaitEvents(1);
            assertEquals(200, waiting.response().status());
            for (int i = 0; i < 3; i++) {
                long start = System.nanoTime();
                try (RawHttp silent = door.connect()) {
                    assertEndsAfterASecond(silent, start);
                }
            }
            gate.countDown();
            assertEquals("[DONE]", reader.awaitEnd().getLast().data());
            assertEquals(200, waiting.response().status());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {".txt", ".json"})
    void a_reader_who_takes_nothing_is_let_go_and_a_slow_one_gets_all(String ending) throws Exception {
        String[] datas = new String[600];
        java.util.Arrays.fill(datas, FrontDoor.chunk("y".repeat(20_000)));
        door.upstream().then(Script.events(datas));
        Turn turn = Turn.submit(door);
        // Not by asking for it again and again: on a machine that is busy with megabytes each, who asks may pause for a
        // second.
        Until.holds("the turn is final", () -> StatusFile.isFinalOrGone(door.file(turn.status())));
        String get = FrontDoor.get(turn.status().getPath().replace(".json", ending));
        int whole = lengthOf(get);
        try (RawHttp dead = door.send(get);
                RawHttp slow = door.send(get)) {
            long start = System.nanoTime();
            int[] taken = {0};
            Until.holds("the dead reader's connection is closed", () -> {
                // By the clock: at so much for each look, a machine that looks seldom would take too little.
                long due = Math.min(whole, (System.nanoTime() - start) * SLOW_BYTES_PER_SECOND / 1_000_000_000);
                taken[0] += take(slow, (int) due - taken[0]);
                return isClosed(dead);
            });
            assertEquals(whole, taken[0] + take(slow, whole - taken[0]));
        }
    }

    /** How long the answer is, head and all: asked by itself, as nobody is to wait while it is taken. */
    private static int lengthOf(String get) throws IOException {
        try (RawHttp quick = door.send(get)) {
            return quick.response().bytes().length;
        }
    }

    private static int take(RawHttp http, int count) throws IOException {
        return http.socket().getInputStream().readNBytes(count).length;
    }

    /** What arrives at a closed connection is answered by a reset. */
    private static boolean isClosed(RawHttp dead) {
        try {
            dead.send("x");
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
