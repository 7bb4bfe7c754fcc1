package offload.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import offload.engine.Verification;
import offload.files.DataFolder;
import offload.testing.RawHttp;
import offload.testing.Script;
import offload.testing.ScriptedUpstream;
import offload.testing.SseRecorder;
import offload.testing.Until;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The disk fails under a real server: what is there stays whole, and the service comes back by itself. */
class DiskFaultIT {
    private static final String END = Talk.chunk(9, "").replace("null", "\"stop\"");

    @TempDir
    Path data;

    @BeforeEach
    void needStrace() {
        Strace.need();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ENOSPC", "EDQUOT", "EIO"})
    void a_log_that_cannot_grow_ends_its_turn_at_a_record(String errno) throws Exception {
        CountDownLatch rest = new CountDownLatch(1);
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                Node node = Node.start(data, upstream.base(), Map.of())) {
            upstream.then(c -> {
                c.request();
                c.chunkedEventStreamHead().chunk("data: " + Talk.chunk(1, "") + "\n\n");
                c.await(rest);
                c.chunk("data: " + END + "\n\ndata: [DONE]\n\n").lastChunk();
            });
            Turn turn = Turn.submit(node, data);
            try (SseRecorder reader = turn.read(node)) {
                reader.awaitEvents(1);
                String inject = "inject=write:error=" + errno;
                try (Strace strace = Strace.attach(
                        node,
                        "-e",
                        "trace=write",
                        "-e",
                        inject,
                        "-P",
                        turn.file(".txt").toString())) {
                    rest.countDown();
                    Until.holds(
                            "the write failed",
                            () -> strace.calls().stream().anyMatch(line -> line.contains("INJECTED")));
                    reader.awaitAnyEnd();
                }
                Until.holds("the turn is final", turn::isFinal);
                turn.assertHolds(reader);
            }
            turn.assertSound();
            assertEquals(errno.equals("EIO") ? "storage_error" : "storage_full", turn.errorCode());
            assertTrue(turn.log().contains("word 1"));
            afterwardsAllIsWell(upstream, node);
        }
    }

    @Test
    void a_failed_sync_is_final_for_that_file_though_later_ones_succeed() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                Node node = Node.start(data, upstream.base(), Map.of("OFFLOAD_STORAGE_SYNC_INTERVAL", "50 ms"))) {
            upstream.then(Talk.words(20_000, 5_000));
            Turn turn = Turn.submit(node, data);
            try (SseRecorder reader = turn.read(node)) {
                reader.awaitEvents(2);
                try (Strace strace = Strace.attach(node, "-e", "trace=fsync", "-e", "inject=fsync:error=EIO:when=1")) {
                    Until.holds("the turn is final", turn::isFinal);
                    assertTrue(strace.calls().stream().anyMatch(line -> line.contains("INJECTED")));
                }
                reader.awaitAnyEnd();
                turn.assertHolds(reader);
            }
            assertEquals("storage_error", turn.errorCode());
            assertTrue(turn.log().contains("word 1"), "what had come is kept");
            turn.assertSound();
            afterwardsAllIsWell(upstream, node);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "link:error=EIO", "link:error=ENOSPC", "rename:error=EIO", "rename:error=ENOSPC",
                "openat:error=EMFILE", "ftruncate:error=EIO", "unlink:error=EIO", "fsync:error=EIO",
                "openat:error=EMFILE:when=2", "openat:error=EMFILE:when=3"
            })
    void a_submission_under_a_failing_disk_is_refused_or_becomes_final(String fault) throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                Node node = Node.start(data, upstream.base(), Map.of())) {
            upstream.always(Script.events(Talk.chunk(1, ""), END));
            Until.holds("a first turn loads what a turn needs", Turn.submit(node, data)::isFinal);
            RawHttp.Response answer;
            String call = fault.substring(0, fault.indexOf(':'));
            String when = fault.contains(":when=") ? fault : fault + ":when=1+2";
            try (Strace strace = Strace.attach(node, "-e", "trace=" + call, "-e", "inject=" + when)) {
                answer = Turn.post(node);
                assertTrue(List.of(200, 503, 507).contains(answer.status()), answer.text() + node.output());
            }
            if (answer.status() == 200) {
                Turn turn = Turn.of(answer, data);
                Until.holds("the turn is final", turn::isFinal);
                turn.assertSound();
            }
            afterwardsAllIsWell(upstream, node);
        }
    }

    @Test
    void a_stop_for_whose_file_there_is_no_room_at_first_is_a_stop_all_the_same() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                Node node = Node.start(data, upstream.base(), Map.of())) {
            upstream.then(Talk.words(20_000, 5_000));
            Turn turn = Turn.submit(node, data);
            try (SseRecorder reader = turn.read(node)) {
                reader.awaitEvents(1);
                Path file = turn.file(".stop");
                RawHttp.Response answer;
                // Counted for each thread: the first try of the route, and of the last writes.
                String inject = "inject=openat:error=ENOSPC:when=1";
                try (Strace strace = Strace.attach(node, "-e", "trace=openat", "-e", inject, "-P", file.toString())) {
                    answer = RawHttp.exchange("POST", node.url(turn.path() + "/stop"), "");
                    Until.holds(
                            "there was no room",
                            () -> strace.calls().stream().anyMatch(line -> line.contains("INJECTED")));
                }
                assertEquals(200, answer.status(), answer.text());
                Until.holds("the turn is final", turn::isFinal);
                reader.awaitAnyEnd();
                turn.assertHolds(reader);
                assertEquals("cancelled", turn.status().getString("state"));
                assertTrue(Files.exists(file));
            }
            turn.assertSound();
            afterwardsAllIsWell(upstream, node);
        }
    }

    /** It is told once, and of no file: from then on each turn's own log is asked. */
    @Test
    void after_a_sync_of_the_whole_file_system_that_failed_each_file_is_forced_by_itself() throws Exception {
        assumeTrue(Files.getFileStore(data).type().startsWith("ext"), "not known to tell of errors");
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                Node node = Node.start(data, upstream.base(), Map.of("OFFLOAD_STORAGE_SYNC_INTERVAL", "100 ms"))) {
            CountDownLatch enough = new CountDownLatch(1);
            upstream.always(Talk.wordsUntil(enough, 10_000));
            List<Turn> turns = new ArrayList<>();
            try (Strace strace = Strace.attach(node, "-e", "trace=syncfs,fsync", "-e", "inject=syncfs:error=EIO")) {
                for (int i = 0; i < 6; i++) {
                    turns.add(Turn.submit(node, data));
                }
                Until.holds("it failed", () -> node.output().contains("each file is forced to it by itself now"));
                for (Turn turn : turns) {
                    Until.holds("its own, after that", () -> isForcedAfterInjection(strace.calls(), turn));
                }
            }
            enough.countDown();
            for (Turn turn : turns) {
                Until.holds("the turn is final", turn::isFinal);
                assertEquals("done", turn.status().getString("status"));
                turn.assertSound();
            }
            afterwardsAllIsWell(upstream, node);
        }
    }

    private static boolean isForcedAfterInjection(List<String> calls, Turn turn) {
        String log = turn.file(".txt").toString();
        return calls.stream()
                .dropWhile(line -> !line.contains("INJECTED"))
                .anyMatch(line -> line.contains("fsync(") && line.contains(log));
    }

    @Test
    void a_server_starts_and_takes_submissions_where_there_are_no_hard_links() throws Exception {
        Path trace = data.resolveSibling("trace");
        List<String> under = List.of(
                "strace",
                "-D",
                "-f",
                "-qq",
                "-y",
                "-o",
                trace.toString(),
                "-e",
                "trace=link,fsync",
                "-e",
                "inject=link:error=EPERM");
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                Node node = Node.startUnder(under, data, upstream.base(), Map.of())) {
            assertEquals(
                    PosixFilePermissions.fromString("rw-------"),
                    Files.getPosixFilePermissions(data.resolve(".offload/secret")));
            assertTrue(
                    Files.readString(trace).contains(".offload/secret>)"),
                    "a secret that a power cut may take is none");
            afterwardsAllIsWell(upstream, node);
        }
    }

    private void afterwardsAllIsWell(ScriptedUpstream upstream, Node node) throws Exception {
        upstream.always(Script.events(Talk.chunk(1, ""), END));
        RawHttp.Response answer = Until.present("submissions are taken again", () -> {
            RawHttp.Response response = Turn.post(node);
            return response.status() == 200 ? response : null;
        });
        Turn turn = Turn.of(answer, data);
        Until.holds("a turn is final", turn::isFinal);
        assertEquals("done", turn.status().getString("status"));
        Until.holds(
                "the folder is sound",
                () -> Verification.of(new DataFolder(data)).faults().isEmpty());
    }
}
