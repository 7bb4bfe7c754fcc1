package offload.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import offload.testing.RawHttp;
import offload.testing.Script;
import offload.testing.ScriptedUpstream;
import offload.testing.SseRecorder;
import offload.testing.Until;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code storage.sync} says is what is asked of the device, as the system calls show it. */
class SyncIT {
    private static final int EVENTS = 6;

    @TempDir
    Path data;

    @BeforeEach
    void needStrace() {
        Strace.need();
    }

    @Test
    void never_asks_for_nothing() throws Exception {
        assertEquals(List.of(), syncs("never"));
    }

    @Test
    void final_forces_log_status_and_folder_once_before_done_goes_out() throws Exception {
        List<String> syncs = syncs("final");
        assertEquals(1, count(syncs, ".txt>"), syncs.toString());
        long drafts = syncs.stream()
                .filter(line -> line.matches(".*/nodes/[0-9a-f]+/tmp/.*"))
                .count();
        assertEquals(1, drafts, "the last status: " + syncs);
        assertTrue(count(syncs, "/pub/") >= 2, "the names of the files: " + syncs);
    }

    /** Else a power cut leaves a status that says done, and no answer. */
    @Test
    void final_forces_the_body_of_an_async_one_as_well() throws Exception {
        List<String> syncs = syncs("final", "/v1/async-chatgpt");
        assertEquals(1, count(syncs, ".txt>"), syncs.toString());
        long drafts = syncs.stream()
                .filter(line -> line.matches(".*/nodes/[0-9a-f]+/tmp/.*"))
                .count();
        assertEquals(2, drafts, "the last status and the body: " + syncs);
    }

    @Test
    void interval_forces_the_log_while_it_runs_and_at_its_end_and_makes_the_turn_itself_last() throws Exception {
        List<String> syncs = syncs("interval");
        assertTrue(forced(syncs) >= 2, syncs.toString());
        assertTrue(count(syncs, "/active/pub-") >= 1, "the marker: " + syncs);
        assertTrue(count(syncs, "/active>") >= 1, "its name: " + syncs);
    }

    @Test
    void event_forces_the_log_after_each_event_and_the_turn_before_it_is_answered() throws Exception {
        List<String> syncs = syncs("event");
        assertTrue(forced(syncs) >= EVENTS, syncs.toString());
        assertTrue(syncs.getFirst().contains("/active/pub-"), syncs.toString());
    }

    /** Else after a power cut a repeat is another turn, which is paid for as well. */
    @Test
    void event_forces_what_a_repeat_is_answered() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start().always(Script.events(Talk.chunk(1, "")));
                Node node = Node.start(data, upstream.base(), Map.of("OFFLOAD_STORAGE_SYNC", "event"));
                Strace strace = Strace.attach(node, "-e", "trace=/sync|rename")) {
            Turn.submit(node, data, "Idempotency-Key: key");
            Path folder = data.resolve(".offload/idempotency");
            Predicate<String> names = call -> call.contains("rename") && call.contains("\"" + folder + "/");
            Until.holds("the answer is kept", () -> strace.calls().stream().anyMatch(names));
            Until.holds("so is its name", () -> {
                List<String> calls = strace.calls();
                return calls.subList(first(calls, 0, names), calls.size()).stream()
                        .anyMatch(call -> call.contains("sync(") && call.contains("<" + folder + ">"));
            });
        }
    }

    /** Else a power cut soon after leaves a turn that nobody finishes any more, with half of what was written last. */
    @Test
    void what_a_dead_server_left_is_on_the_device_file_by_file_and_name_by_name_before_its_marker_goes()
            throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                Node heir = Node.start(data, upstream.base(), Map.of());
                Node doomed = Node.start(data, upstream.base(), Map.of())) {
            upstream.always(c -> {
                c.request();
                c.chunkedEventStreamHead();
                c.chunk("data: " + Talk.chunk(9, "").replace("null", "\"stop\"") + "\n\n");
                c.awaitClientClose();
            });
            Turn turn = submit(doomed, "/v1/async-chatgpt");
            Until.holds("the event is kept", () -> records(turn.file(".txt")) == 1);
            try (Strace strace = Strace.attach(heir, "-e", "trace=/sync|rename|unlink")) {
                doomed.kill();
                Until.holds("its marker is gone", () -> strace.calls().stream().anyMatch(SyncIT::removesMarker));
                turn.assertSound();
                assertEquals("done", turn.status().getString("status"));
                List<String> calls = strace.calls();
                List<String> untilGone = calls.subList(0, first(calls, 0, SyncIT::removesMarker));
                assertLasts(turn.file(".raw"), untilGone);
                assertLasts(turn.file(".json"), untilGone);
                // Nobody looks at the log again once a final status stands.
                assertLasts(turn.file(".txt"), calls.subList(0, first(calls, 0, names(turn.file(".json")))));
            }
        }
    }

    /** Its content was forced before it got its name, and its name since. */
    private static void assertLasts(Path file, List<String> calls) {
        int named = first(calls, 0, names(file));
        Matcher draft = Pattern.compile("/tmp/[^\"/]+(?=\", )").matcher(calls.get(named));
        assertTrue(draft.find(), calls.get(named));
        int forced = first(calls, 0, call -> call.contains("sync(") && call.contains(draft.group() + ">"));
        assertTrue(forced < named, file + " got its name before its content was forced: " + calls);
        first(calls, named, call -> call.contains("sync(") && call.contains("<" + file.getParent() + ">"));
    }

    private static Predicate<String> names(Path file) {
        return call -> call.contains("rename") && call.contains("\"" + file + "\"");
    }

    private static boolean removesMarker(String call) {
        return call.contains("unlink") && call.contains("/active/");
    }

    private static int first(List<String> calls, int from, Predicate<String> wanted) {
        return IntStream.range(from, calls.size())
                .filter(i -> wanted.test(calls.get(i)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no such call from " + from + " on: " + calls));
    }

    private List<String> syncs(String policy) throws Exception {
        return syncs(policy, "/v1/stream-chatgpt");
    }

    /** The syncs of one turn whose events come one by one. */
    private List<String> syncs(String policy, String endpoint) throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                Node node = Node.start(
                        data,
                        upstream.base(),
                        Map.of("OFFLOAD_STORAGE_SYNC", policy, "OFFLOAD_STORAGE_SYNC_INTERVAL", "20 ms"))) {
            Until.holds("the ballast is there", () -> Files.exists(node(data).resolve("ballast")));
            CountDownLatch rest = new CountDownLatch(1);
            upstream.always(c -> {
                c.request();
                c.chunkedEventStreamHead();
                for (int i = 0; i < EVENTS; i++) {
                    c.chunk("data: " + Talk.chunk(i, "") + "\n\n");
                    int seen = i + 1;
                    Path log = Until.present("the log", () -> logs().isEmpty() ? null : logs().getFirst());
                    Until.holds("the event is kept", () -> records(log) >= seen);
                }
                c.await(rest);
                c.chunk("data: " + Talk.chunk(9, "").replace("null", "\"stop\"") + "\n\ndata: [DONE]\n\n")
                        .lastChunk();
            });
            try (Strace strace = Strace.attach(node, "-e", "trace=fsync,fdatasync,syncfs")) {
                Turn turn = submit(node, endpoint);
                try (SseRecorder reader = turn.read(node)) {
                    reader.awaitEvents(EVENTS);
                    if (policy.equals("interval")) {
                        Until.holds("a sync in between", () -> forced(strace.calls()) >= 1);
                    }
                    rest.countDown();
                    reader.awaitEnd();
                }
                turn.assertSound();
                return strace.calls().stream()
                        .filter(line -> line.contains("sync(") || line.contains("syncfs("))
                        .filter(line -> line.contains(data.toString()))
                        .toList();
            }
        }
    }

    private Turn submit(Node node, String endpoint) throws Exception {
        return Turn.of(
                RawHttp.exchange(
                        "POST", node.url(endpoint), Turn.BODY, "Content-Type: application/json", "X-OpenAI-API-Key: k"),
                data);
    }

    /** How often the log was: where the device is fast, syncs that follow each other closely are those of many. */
    private static long forced(List<String> syncs) {
        return count(syncs, ".txt>") + count(syncs, "syncfs(");
    }

    private static long count(List<String> lines, String part) {
        return lines.stream().filter(line -> line.contains(part)).count();
    }

    private static long records(Path log) throws Exception {
        return Pattern.compile("\n\n").matcher(Files.readString(log)).results().count();
    }

    private List<Path> logs() throws Exception {
        try (var files = Files.walk(data.resolve("pub"))) {
            return files.filter(file -> file.toString().endsWith(".txt")).toList();
        }
    }

    private static Path node(Path data) throws Exception {
        try (var nodes = Files.list(data.resolve(".offload/nodes"))) {
            return nodes.toList().getFirst();
        }
    }
}
