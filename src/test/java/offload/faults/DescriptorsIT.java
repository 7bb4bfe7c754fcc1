package offload.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import offload.disk.Folders;
import offload.testing.RawHttp;
import offload.testing.Script;
import offload.testing.ScriptedUpstream;
import offload.testing.Until;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the system gives no more descriptors. */
class DescriptorsIT {
    private static final String END = Talk.chunk(1, "").replace("null", "\"stop\"");

    @TempDir
    Path data;

    @ParameterizedTest
    @ValueSource(ints = {12, 32, 64, 128})
    void a_server_that_may_open_too_few_files_says_so_and_does_not_start(int most) {
        AssertionError ended =
                assertThrows(AssertionError.class, () -> start(most).close());
        String said = String.valueOf(ended.getCause());
        assertTrue(said.contains("files and connections open, and a server needs 512"), said);
        assertFalse(said.contains("\tat "), said);
    }

    @Test
    void a_server_that_may_open_few_files_says_so_and_serves() throws Exception {
        try (Node node = start(256)) {
            Until.holds("the warning", () -> node.output().contains("a server needs 512 at least"));
            assertEquals(200, RawHttp.exchange("GET", node.url("/health"), null).status());
        }
    }

    /** Else what it takes for open grows with what is read, until it refuses all turns. */
    @Test
    void a_server_that_may_open_few_files_takes_turns_however_often_others_were_read() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start().always(Script.events(END));
                Node node = start(256, upstream.base())) {
            Turn turn = Turn.submit(node, data);
            Until.holds("the turn is final", turn::isFinal);
            for (String ending : List.of(".json", ".txt")) {
                for (int i = 0; i < 256; i++) {
                    URI file = node.url(turn.path() + ending);
                    assertEquals(200, RawHttp.exchange("GET", file, null).status());
                }
                Turn.submit(node, data);
            }
        }
    }

    /** Who is told that there is none gives it up for good. */
    @ParameterizedTest
    @ValueSource(strings = {"EMFILE", "EACCES", "EIO"})
    void a_log_that_cannot_be_opened_now_is_not_told_to_be_gone(String errno) throws Exception {
        Strace.need();
        try (ScriptedUpstream upstream = ScriptedUpstream.start().always(Script.events(END));
                Node node = Node.start(data, upstream.base(), Map.of())) {
            Turn turn = Turn.submit(node, data);
            Until.holds("the turn is final", turn::isFinal);
            URI log = node.url(turn.path() + ".txt");
            String file = turn.file(".txt").toString();
            try (Strace _ =
                    Strace.attach(node, "-e", "trace=openat", "-e", "inject=openat:error=" + errno, "-P", file)) {
                RawHttp.Response answer = RawHttp.exchange("GET", log, null);
                assertEquals(errno.equals("EMFILE") ? 507 : 503, answer.status(), answer.text());
                assertTrue(answer.header("Retry-After") != null, "it is worth another try");
            }
            assertEquals(200, RawHttp.exchange("GET", log, null).status());
        }
    }

    /** The device was not asked, and has not failed: an answer that is paid for must not end for that. */
    @Test
    void a_turn_whose_first_files_cannot_be_opened_to_be_forced_to_the_device_goes_on_and_they_are_later()
            throws Exception {
        Strace.need();
        CountDownLatch rest = new CountDownLatch(1);
        try (ScriptedUpstream upstream = ScriptedUpstream.start().always(Script.eventsThenWait(rest, END));
                Node node = Node.start(data, upstream.base(), Map.of("OFFLOAD_STORAGE_SYNC_INTERVAL", "100 ms"))) {
            String markers = Folders.list(data.resolve(".offload/nodes"))
                    .getFirst()
                    .resolve("active")
                    .toString();
            Turn turn;
            try (Strace strace = Strace.attach(
                    node, "-e", "trace=openat,fsync", "-e", "inject=openat:error=EMFILE:when=1", "-P", markers)) {
                turn = Turn.submit(node, data);
                Until.holds(
                        "there was no descriptor, and then one",
                        () -> strace.calls().stream()
                                .dropWhile(line -> !line.contains("INJECTED"))
                                .anyMatch(line -> line.contains("fsync(") && line.contains(markers)));
            }
            rest.countDown();
            Until.holds("the turn is final", turn::isFinal);
            assertEquals("done", turn.status().getString("status"));
            turn.assertSound();
        }
    }

    private Node start(int most) throws IOException {
        return start(most, URI.create("http://127.0.0.1:1/v1"));
    }

    private Node start(int most, URI upstream) throws IOException {
        List<String> limited = List.of("sh", "-c", "ulimit -n " + most + "; exec \"$@\"", "sh");
        return Node.startUnder(limited, data, upstream, Map.of());
    }

    @Test
    void a_listener_that_got_none_ends_the_server_which_sees_its_turns_through() throws Exception {
        Strace.need();
        CountDownLatch rest = new CountDownLatch(1);
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                Node node = Node.start(data, upstream.base(), Map.of())) {
            upstream.then(Script.eventsThenWait(rest, END));
            Turn turn = Turn.submit(node, data);
            Until.holds("the answer comes", () -> turn.log().contains("word 1"));
            try (Strace strace = Strace.attach(
                    node, "-e", "trace=accept,accept4", "-e", "inject=accept,accept4:error=EMFILE:when=1")) {
                Until.holds("the listener was refused a connection", () -> {
                    try (Socket caller = new Socket("127.0.0.1", node.url("/").getPort())) {
                        return strace.calls().stream().anyMatch(line -> line.contains("INJECTED"));
                    } catch (ConnectException e) {
                        return true;
                    }
                });
            }
            rest.countDown();
            assertEquals(1, node.awaitExit(), node.output());
            assertTrue(node.output().contains("gives no more connections"), node.output());
            assertTrue(turn.isFinal() && turn.log().endsWith("\n\n"), turn.log());
            turn.assertSound();
        }
    }
}
