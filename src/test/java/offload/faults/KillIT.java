package offload.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import offload.engine.Verification;
import offload.files.DataFolder;
import offload.testing.ScriptedUpstream;
import offload.testing.SseRecorder;
import offload.testing.Until;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * kill -9, again and again, while 20 turns run and 40 readers follow them. {@code -Doffload.cycles=1000} makes it as long
 * as one likes, {@code -Doffload.seed} repeats one run's moments.
 */
class KillIT {
    private static final int CYCLES = Integer.getInteger("offload.cycles", 25);
    private static final int TURNS = 20;

    @TempDir
    Path folder;

    private record Followed(Turn turn, List<SseRecorder> readers) {}

    @Test
    void what_readers_got_is_in_the_files_and_every_answered_turn_is_final_within_15_s() throws Exception {
        long seed = Long.getLong("offload.seed", System.nanoTime());
        System.out.println("offload.seed=" + seed);
        Random random = new Random(seed);
        Path data = folder.resolve("data");
        int killedRunning = 0;
        try (ScriptedUpstream upstream = ScriptedUpstream.start()) {
            upstream.always(Talk.words(300, 3_000));
            Node node = Node.start(data, upstream.base(), Map.of());
            for (int cycle = 0; cycle < CYCLES; cycle++) {
                Node doomed = node;
                List<Followed> followed = new ArrayList<>();
                Thread killer = killAfter(doomed, random.nextInt(900_000));
                submitUntilDead(doomed, data, followed);
                killer.join();
                doomed.kill();
                node = Node.start(data, upstream.base(), Map.of());
                killedRunning += check(followed, System.nanoTime());
            }
            node.kill();
        }
        assertEquals(List.of(), Verification.of(new DataFolder(data)).faults());
        System.out.println(CYCLES + " kills, " + killedRunning + " turns were running and answered");
        assertTrue(killedRunning > 0, "no kill hit a running turn");
    }

    private static void submitUntilDead(Node node, Path data, List<Followed> followed) throws IOException {
        try {
            for (int i = 0; i < TURNS; i++) {
                Turn turn = Turn.submit(node, data);
                List<SseRecorder> readers = new ArrayList<>();
                followed.add(new Followed(turn, readers));
                readers.add(turn.read(node));
                readers.add(turn.read(node));
            }
        } catch (IOException | UncheckedIOException e) {
            // The kill came while this was submitting: what was answered counts.
            assertTrue(Until.present("the end of the process", () -> node.isAlive() ? null : true));
        }
    }

    private static int check(List<Followed> followed, long sinceNanos) throws Exception {
        int interrupted = 0;
        for (Followed one : followed) {
            Until.holds(one.turn().path() + " is final", one.turn()::isFinal);
            long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - sinceNanos);
            assertTrue(seconds < 15, one.turn().path() + " took " + seconds + " s");
            one.turn().assertSound();
            for (SseRecorder reader : one.readers()) {
                reader.awaitAnyEnd();
                one.turn().assertHolds(reader);
                reader.close();
            }
            interrupted += one.turn().errorCode().equals("interrupted") ? 1 : 0;
        }
        return interrupted;
    }

    private static Thread killAfter(Node node, int micros) {
        CountDownLatch never = new CountDownLatch(1);
        return Thread.ofPlatform().start(() -> {
            try {
                if (never.await(micros, TimeUnit.MICROSECONDS)) {
                    return;
                }
                node.kill();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
