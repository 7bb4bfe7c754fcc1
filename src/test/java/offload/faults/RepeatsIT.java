package offload.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import offload.testing.Script;
import offload.testing.ScriptedUpstream;
import offload.testing.Until;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code Idempotency-Key} over two servers on one folder. {@code -Doffload.repeats=1000} is the default. */
class RepeatsIT {
    private static final int REPEATS = Integer.getInteger("offload.repeats", 1_000);
    private static final String KEY = "Idempotency-Key: the-same";

    @TempDir
    Path data;

    @Test
    void concurrent_repeats_over_two_servers_make_one_upstream_call_and_a_restart_changes_nothing() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start()) {
            upstream.always(Script.events(Talk.chunk(1, "").replace("null", "\"stop\"")));
            URI base = upstream.base();
            Set<String> turns = new TreeSet<>();
            try (Node one = Node.start(data, base, Map.of());
                    Node other = Node.start(data, base, Map.of());
                    ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
                Semaphore open = new Semaphore(200);
                List<Future<Turn>> answers = new ArrayList<>();
                for (int i = 0; i < REPEATS; i++) {
                    Node node = i % 2 == 0 ? one : other;
                    answers.add(callers.submit(() -> {
                        open.acquire();
                        try {
                            return Turn.submit(node, data, KEY);
                        } finally {
                            open.release();
                        }
                    }));
                }
                for (Future<Turn> answer : answers) {
                    turns.add(answer.get().path());
                }
                Until.holds("the call", () -> !upstream.requests().isEmpty());
            }
            try (Node restarted = Node.start(data, base, Map.of())) {
                turns.add(Turn.submit(restarted, data, KEY).path());
            }
            assertEquals(1, turns.size(), turns.toString());
            assertEquals(1, upstream.requests().size());
        }
    }

    /** The claim of the dead one is made by the test: the moment between claim and answer is short. */
    @Test
    void a_claim_whose_server_was_killed_before_it_answered_holds_up_repeats_only_until_that_is_noticed()
            throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start()) {
            upstream.always(Script.events(Talk.chunk(1, "").replace("null", "\"stop\"")));
            try (Node doomed = Node.start(data, upstream.base(), Map.of());
                    Node living = Node.start(data, upstream.base(), Map.of())) {
                Turn.submit(doomed, data, KEY);
                Until.holds("its call", () -> upstream.requests().size() == 1);
                Path answered = only(data.resolve(".offload/idempotency"));
                byte[] claim = claimOf(answered);
                for (Path node : list(data.resolve(".offload/nodes"))) {
                    // In both: the living one's copy proves that nobody but its owner takes a claim away.
                    Files.write(node.resolve("repeats").resolve(answered.getFileName() + ".x"), claim);
                }
                Files.write(answered, claim);
                doomed.kill();
                Until.holds("a repeat is taken", () -> Turn.post(living, KEY).status() == 200);
                assertEquals(
                        2, Until.present("both calls", () -> upstream.requests().size() == 2 ? 2 : null));
            }
        }
    }

    private static byte[] claimOf(Path answered) throws Exception {
        String body = Turn.json(Files.readString(answered)).getString("body");
        return ("{\"body\":\"" + body + "\",\"claim\":\"x\"}").getBytes(StandardCharsets.UTF_8);
    }

    private static Path only(Path folder) throws Exception {
        List<Path> entries = list(folder);
        assertEquals(1, entries.size());
        return entries.getFirst();
    }

    private static List<Path> list(Path folder) throws Exception {
        try (var entries = Files.list(folder)) {
            return entries.toList();
        }
    }
}
