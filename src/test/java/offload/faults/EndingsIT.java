package offload.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import offload.testing.RawHttp;
import offload.testing.Script;
import offload.testing.ScriptedUpstream;
import offload.testing.SseRecorder;
import offload.testing.Until;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stop, finish, a stop file by hand, a foreign stop and the server's death race for a turn: it gets one end. */
class EndingsIT {
    private static final int RACES = Integer.getInteger("offload.races", 200);
    private static final int AT_ONCE = 20;
    private static final int TIMEOUTS = 60;

    @TempDir
    Path data;

    @Test
    void whatever_comes_first_there_is_one_final_state() throws Exception {
        Random random = new Random(Long.getLong("offload.seed", 20261123));
        Map<String, Integer> ends = new TreeMap<>();
        try (ScriptedUpstream upstream = ScriptedUpstream.start()) {
            upstream.always(timed(random));
            Node node = Node.start(data, upstream.base(), Map.of());
            try (Node other = Node.start(data, upstream.base(), Map.of())) {
                for (int done = 0; done < RACES; done += AT_ONCE) {
                    boolean kills = done % (5 * AT_ONCE) == 0;
                    for (String end : round(node, other, random.nextLong(), kills)) {
                        ends.merge(end, 1, Integer::sum);
                    }
                    node = kills ? Node.start(data, upstream.base(), Map.of()) : node;
                }
            } finally {
                node.kill();
            }
        }
        System.out.println(ends);
        assertTrue(ends.size() >= 2, "the races were won by different ones: " + ends);
    }

    @Test
    void the_timeout_against_the_end_and_a_stop() throws Exception {
        String body = "{\"timeout\":5,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
        Random random = new Random(7);
        Map<String, Integer> ends = new TreeMap<>();
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                Node node = Node.start(data, upstream.base(), Map.of());
                ExecutorService racers = Executors.newVirtualThreadPerTaskExecutor()) {
            upstream.always(c -> {
                c.request();
                c.chunkedEventStreamHead().chunk("data: " + Talk.chunk(1, "") + "\n\n");
                // Some earlier: a machine so slow that all others come too late has two kinds of ends as well.
                long early = random.nextInt(4) == 0 ? random.nextInt(2_000_000_000) : 0;
                LockSupport.parkNanos(4_900_000_000L + random.nextInt(250_000_000) - early);
                c.chunk("data: " + Talk.chunk(2, "").replace("null", "\"stop\"") + "\n\ndata: [DONE]\n\n")
                        .lastChunk();
            });
            List<Future<String>> races = new ArrayList<>();
            for (int i = 0; i < TIMEOUTS; i++) {
                Turn turn = Turn.of(Turn.post(node, body, List.of()), data);
                boolean stops = i % 3 == 0;
                races.add(racers.submit(() -> timeout(turn, node, stops)));
            }
            for (Future<String> race : races) {
                ends.merge(race.get(), 1, Integer::sum);
            }
        }
        System.out.println(ends);
        assertTrue(ends.size() >= 2, "the races were won by different ones: " + ends);
    }

    private static String timeout(Turn turn, Node node, boolean stops) throws Exception {
        try (SseRecorder reader = turn.read(node)) {
            if (stops) {
                LockSupport.parkNanos(4_950_000_000L);
                stop(turn, node);
            }
            reader.awaitEnd();
            turn.assertSound();
            turn.assertHolds(reader);
            return turn.status().getString("state") + turn.errorCode();
        }
    }

    /** Ends by itself after some 20 ms. */
    private static Script timed(Random random) {
        return c -> {
            c.request();
            c.chunkedEventStreamHead().chunk("data: " + Talk.chunk(1, "") + "\n\n");
            LockSupport.parkNanos(random.nextInt(40_000_000));
            c.chunk("data: " + Talk.chunk(2, "").replace("null", "\"stop\"") + "\n\ndata: [DONE]\n\n")
                    .lastChunk();
        };
    }

    private List<String> round(Node node, Node other, long seed, boolean kills) throws Exception {
        List<String> ends = new ArrayList<>();
        try (ExecutorService racers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> races = new ArrayList<>();
            // Of seeds that follow each other the first numbers are alike: all races of a round would be the same one.
            Random seeds = new Random(seed);
            for (int i = 0; i < AT_ONCE; i++) {
                Random random = new Random(seeds.nextLong());
                Turn turn = Turn.submit(node, data);
                races.add(racers.submit(() -> race(turn, node, other, random)));
            }
            if (kills) {
                node.kill();
            }
            for (Future<String> race : races) {
                ends.add(race.get());
            }
        }
        return ends;
    }

    private static String race(Turn turn, Node node, Node other, Random random) throws Exception {
        try (SseRecorder reader = turn.read(random.nextBoolean() ? node : other)) {
            LockSupport.parkNanos(random.nextInt(20_000_000));
            switch (random.nextInt(4)) {
                case 0 -> stop(turn, node);
                case 1 -> stop(turn, other);
                case 2 -> turn.file(".stop").toFile().createNewFile();
                default -> reader.awaitAnyEnd();
            }
            Until.holds("final", turn::isFinal);
            byte[] status = Files.readAllBytes(turn.file(".json"));
            turn.assertSound();
            reader.awaitAnyEnd();
            turn.assertHolds(reader);
            assertEquals(
                    new String(status, StandardCharsets.UTF_8),
                    Files.readString(turn.file(".json")),
                    "a final status does not change");
            return turn.status().getString("state");
        } catch (SocketException e) {
            // Refused, or reset before it was accepted.
            assertTrue(Until.present("the server is dead", () -> node.isAlive() ? null : true));
            Until.holds("final", turn::isFinal);
            turn.assertSound();
            return turn.status().getString("state");
        }
    }

    private static void stop(Turn turn, Node node) {
        try {
            int status = RawHttp.exchange("POST", node.url(turn.path() + "/stop"), "")
                    .status();
            assertTrue(status == 200 || status == 405, "stop answered " + status);
        } catch (IOException e) {
            assertTrue(Until.present("the server is dead", () -> node.isAlive() ? null : true));
        }
    }
}
