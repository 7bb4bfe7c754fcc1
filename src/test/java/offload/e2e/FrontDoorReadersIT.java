package offload.e2e;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import offload.testing.RawHttp;
import offload.testing.Script;
import offload.testing.SseRecorder;
import offload.testing.Until;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Slow and dead readers cost the conversations nothing, and leave nothing behind. More of them: -Doffload.readers=3000 */
class FrontDoorReadersIT {
    private static final int READERS = Integer.getInteger("offload.readers", 300);
    private static final int TURNS = 50;
    private static final int EVENTS = 100;

    @TempDir
    Path data;

    @Test
    void turns_run_as_fast_beside_300_slow_and_dead_readers_and_all_comes_back_to_its_base() throws Exception {
        try (FrontDoor door = FrontDoor.open(data, Map.of("limits.write-time", "3 s", "limits.idle-time", "3 s"))) {
            String[] large = new String[40];
            Arrays.fill(large, FrontDoor.chunk("y".repeat(20_000)));
            door.upstream().then(Script.events(large));
            Turn finished = Turn.submit(door);
            finished.awaitEnd();
            String[] datas = new String[EVENTS];
            Arrays.fill(datas, FrontDoor.chunk("x".repeat(200)));
            door.upstream().always(Script.events(datas));
            median(door);
            long alone = median(door);
            State base = State.now();
            List<Socket> readers = deadReaders(door, finished);
            long beside = median(door);
            assertTrue(beside < 3 * alone + 200_000_000L, "ns: alone " + alone + ", beside readers " + beside);
            for (Socket reader : readers) {
                reader.close();
            }
            Until.holds(
                    "descriptors and threads are back: " + base,
                    () -> State.now().isBackAt(base));
            System.gc();
            Until.holds("the heap is back", () -> State.now().heap() < base.heap() + 32_000_000);
        }
    }

    /** There it is polled, and the answer goes through the web server's own stream. */
    @Test
    void a_reader_on_another_server_is_not_taken_for_stuck_while_the_model_thinks() throws Exception {
        Map<String, String> keys = Map.of(
                "limits.write-time",
                "300 ms",
                "data-dir",
                data.resolve("shared").toString());
        try (FrontDoor one = FrontDoor.open(data, keys);
                FrontDoor other = FrontDoor.open(data, keys)) {
            one.upstream().then(c -> {
                c.request();
                c.chunkedEventStreamHead();
                c.chunk("data: " + FrontDoor.chunk("first") + "\n\n");
                LockSupport.parkNanos(1_500_000_000);
                c.chunk("data: " + FrontDoor.chunk("second") + "\n\ndata: [DONE]\n\n")
                        .lastChunk();
            });
            URI events = Turn.submit(one).events();
            String text =
                    RawHttp.exchange("GET", other.here(events.toString()), null).text();
            assertTrue(text.contains("first") && text.contains("second") && text.contains("data: [DONE]\n"), text);
        }
    }

    /** A third wants a running turn, a third a finished one, a third the status: none of them reads a byte. */
    private static List<Socket> deadReaders(FrontDoor door, Turn finished) throws IOException {
        Turn running = Turn.submit(door);
        String status = finished.status().getPath();
        List<String> paths =
                List.of(running.events().getPath(), finished.events().getPath(), status);
        List<Socket> readers = new ArrayList<>();
        for (int i = 0; i < READERS; i++) {
            Socket socket = new Socket();
            socket.setReceiveBufferSize(4096);
            socket.connect(new InetSocketAddress("127.0.0.1", door.port()));
            socket.getOutputStream()
                    .write(FrontDoor.get(paths.get(i % paths.size())).getBytes(StandardCharsets.US_ASCII));
            readers.add(socket);
        }
        return readers;
    }

    /** The median time of turns, from the submission to the reader's {@code [DONE]}, 5 at once. */
    private static long median(FrontDoor door) throws Exception {
        try (ExecutorService callers = Executors.newFixedThreadPool(5)) {
            Callable<Long> turn = () -> time(door);
            List<Future<Long>> times = callers.invokeAll(java.util.Collections.nCopies(TURNS, turn));
            List<Long> sorted = new ArrayList<>();
            for (Future<Long> time : times) {
                sorted.add(time.get());
            }
            sorted.sort(null);
            return sorted.get(TURNS / 2);
        }
    }

    private static long time(FrontDoor door) throws IOException {
        long start = System.nanoTime();
        try (SseRecorder reader = SseRecorder.open(Turn.submit(door).events())) {
            assertEquals(EVENTS + 1, reader.awaitEnd().size());
        }
        return System.nanoTime() - start;
    }

    private record State(long descriptors, long threads, long heap) {
        static State now() {
            var system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
            Runtime runtime = Runtime.getRuntime();
            return new State(
                    system.getOpenFileDescriptorCount(),
                    ManagementFactory.getThreadMXBean().getThreadCount(),
                    runtime.totalMemory() - runtime.freeMemory());
        }

        boolean isBackAt(State base) {
            return descriptors <= base.descriptors + 20 && threads <= base.threads + 10;
        }
    }

    @Test
    void connections_that_are_gone_count_no_more() throws Exception {
        try (FrontDoor door = FrontDoor.open(data, Map.of("limits.connections", "60"))) {
            for (int i = 0; i < 300; i++) {
                try (RawHttp http = door.send(FrontDoor.get("/health"))) {
                    assertEquals(200, http.response().status());
                    http.reset();
                }
            }
            Turn turn = Turn.submit(door);
            turn.awaitEnd();
        }
    }

    /** With the default times: with those of a second, the first of them could be gone before the last one comes. */
    @Test
    void connections_over_the_limit_are_told_so_and_closed() throws IOException {
        try (FrontDoor few = FrontDoor.open(data, Map.of("limits.connections", "40"))) {
            var all = few.send(40, "");
            try (RawHttp over = few.connect()) {
                RawHttp.Response refused = over.response();
                assertEquals(503, refused.status());
                assertEquals("5", refused.header("Retry-After"));
                assertTrue(refused.text().contains("too_many_connections"), refused.text());
                assertArrayEquals(new byte[0], over.untilClosed());
            }
            for (RawHttp http : all) {
                http.close();
            }
            Until.holds("there is room again", () -> {
                try (RawHttp http = few.send(FrontDoor.get("/health"))) {
                    return http.response().status() == 200;
                }
            });
        }
    }
}
