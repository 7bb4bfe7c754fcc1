package offload.engine.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import offload.address.WebhookUrl;
import offload.files.DataFolder;
import offload.files.FreeSpace;
import offload.files.NodeFolder;
import offload.files.SyncPolicy;
import offload.files.TurnFiles;
import offload.json.JsonSource;
import offload.status.StatusDocument;
import offload.testing.Until;
import offload.turn.Access;
import offload.turn.ApiException;
import offload.turn.TurnKind;
import offload.turn.TurnPath;
import offload.turn.TurnRequest;
import offload.turn.UpstreamKey;
import offload.upstream.CallBody;
import offload.upstream.ChatCall;
import offload.upstream.ChatEnd;
import offload.upstream.ChatSink;
import offload.upstream.ChatUpstream;
import offload.webhook.WebhookOutbox;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first files before the first call; and of a submission that comes to nothing no place, no memory and no file is left. */
class TurnStarterTest {
    private static final JsonSource SHORT = JsonSource.of("{\"messages\":[]}");

    @TempDir
    Path folder;

    private final TurnPath wanted = new TurnPath(Access.PUBLIC, 1_700_000_000, "t");
    private final AtomicInteger bodies = new AtomicInteger();
    private final AtomicInteger calls = new AtomicInteger();
    private DataFolder data;
    private NodeFolder node;
    private RunningTurns turns;
    private Execution execution;

    @BeforeEach
    void open() throws IOException {
        data = new DataFolder(folder);
        node = NodeFolder.create(data);
        turns = new RunningTurns(1, new FreeSpace(data, node, 0));
        WebhookOutbox webhooks = new WebhookOutbox(node.webhooks(), InstantSource.system());
        execution = new Execution(data, node, turns, new Counted(), webhooks, SyncPolicy.NEVER);
    }

    @AfterEach
    void close() throws IOException {
        execution.close();
        node.close();
    }

    @Test
    void one_that_is_refused_gives_its_memory_back() {
        turns.drain();
        assertThrows(ApiException.class, () -> start(SHORT, null));
        assertGivenBack();
    }

    @Test
    void one_that_finds_no_folder_gives_its_place_and_its_memory_back() throws Exception {
        Path odd = Files.createFile(data.tree(wanted.access()));
        assertThrows(IOException.class, () -> start(SHORT, null));
        assertGivenBack();
        assertFalse(turns.space().isLow());
        Files.delete(odd);
        assertTrue(start(SHORT, null).awaitFinal(10_000));
    }

    @Test
    void one_that_fails_inside_the_server_gives_its_place_and_its_memory_back() {
        JsonSource faulty = new Faulty() {
            @Override
            public void writeTo(OutputStream out) {
                throw new IllegalStateException("a fault");
            }
        };
        assertThrows(IllegalStateException.class, () -> start(faulty, null));
        assertGivenBack();
    }

    /** What the ballast left is for what runs. */
    @Test
    void one_that_finds_the_device_full_is_the_last_that_is_taken_until_there_is_room() {
        JsonSource tooLong = new Faulty() {
            @Override
            public void writeTo(OutputStream out) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        assertThrows(IOException.class, () -> start(tooLong, null));
        assertGivenBack();
        assertTrue(turns.space().isLow());
    }

    /** Else somebody finds a conversation that nobody was told of, or a server calls a receiver for one that never was. */
    @Test
    void one_whose_webhook_cannot_be_kept_leaves_no_file() throws Exception {
        Path odd = node.webhooks().resolve(wanted.marker() + ".prepared.tmp");
        Files.createDirectory(odd);
        assertThrows(IOException.class, () -> start(SHORT, webhook()));
        assertGivenBack();
        assertEquals(List.of(), filesIn(data.tree(wanted.access())));
        assertEquals(List.of(), filesIn(node.active()));
        assertEquals(Map.of(), turns.unfinished());
    }

    /** Else its status says for ever that it waits. */
    @Test
    void one_whose_files_cannot_be_removed_again_is_ended_by_recovery() throws Exception {
        Files.createDirectories(
                node.webhooks().resolve(wanted.marker() + ".prepared").resolve("odd"));
        assertThrows(IOException.class, () -> start(SHORT, webhook()));
        assertGivenBack();
        assertEquals(Map.of(wanted, new Unfinished(LastWrites.INTERRUPTED, null, null)), turns.unfinished());
    }

    /** As where the device fails between the status and the log, and does not take the status back. */
    @Test
    void one_that_got_its_name_and_no_log_and_cannot_give_the_name_up_is_ended_by_recovery() throws Exception {
        Files.createDirectories(data.files(wanted).events());
        Path bin = node.draft().getParent();
        Files.delete(bin);
        Files.createFile(bin);
        assertThrows(IOException.class, () -> start(SHORT, null));
        assertGivenBack();
        assertTrue(Files.exists(data.files(wanted).status()) && Files.exists(node.marker(wanted.marker())));
        assertEquals(Map.of(wanted, new Unfinished(LastWrites.INTERRUPTED, null, null)), turns.unfinished());
    }

    @Test
    void the_upstream_is_asked_once_the_turn_is_on_disk_and_what_comes_before_is_done() throws Exception {
        TurnFiles files = data.files(wanted);
        start(SHORT, null, (path, _) -> {
            assertEquals(wanted, path);
            assertTrue(Files.exists(files.status()) && Files.exists(files.events()));
            assertEquals(0, calls.get());
        });
        Until.holds("the turn is over", () -> turns.all().isEmpty());
        assertEquals(1, calls.get());
    }

    @Test
    void one_of_which_what_comes_before_its_call_fails_asks_the_upstream_for_nothing_and_leaves_no_file()
            throws Exception {
        IOException failure = new IOException("the device fails");
        Execution.BeforeCall before = (_, _) -> {
            throw failure;
        };
        assertSame(failure, assertThrows(IOException.class, () -> start(SHORT, null, before)));
        assertGivenBack();
        assertEquals(List.of(), filesIn(data.tree(wanted.access())));
        assertEquals(List.of(), filesIn(node.active()));
        assertEquals(Map.of(), turns.unfinished());
        assertEquals(0, calls.get());
    }

    @Test
    void a_long_history_stays_on_disk_and_a_short_one_in_memory() throws Exception {
        String words = "\"" + "w".repeat(20_000) + "\"";
        RunningTurn turn = start(JsonSource.of(words), null);
        assertTrue(turn.awaitFinal(10_000));
        assertTrue(Files.readString(turn.files().status()).contains("\"parameters\":" + words + ","));
        assertTrue(turn.document().parameters().inMemory() < words.length());
        RunningTurn other = start(SHORT, null);
        assertTrue(other.awaitFinal(10_000));
        assertEquals(SHORT.length(), other.document().parameters().inMemory());
    }

    private RunningTurn start(JsonSource parameters, WebhookUrl webhook) throws IOException {
        AtomicReference<RunningTurn> begun = new AtomicReference<>();
        start(parameters, webhook, (path, _) -> begun.set(turns.find(path)));
        return begun.get();
    }

    private void start(JsonSource parameters, WebhookUrl webhook, Execution.BeforeCall before) throws IOException {
        bodies.incrementAndGet();
        CallBody body = new CallBody(new byte[1], bodies::decrementAndGet);
        UpstreamKey key = new UpstreamKey("sk-of-the-caller-0123456789");
        ChatCall call = new ChatCall(URI.create("http://u/"), key, Map.of(), body, true, Duration.ofSeconds(5));
        TurnRequest request = new TurnRequest(
                TurnKind.STREAM, Access.PUBLIC, 90_000, 5_000, null, null, null, "\"m\"", "[]", List.of());
        execution.start(
                request,
                call,
                wanted,
                path -> new StatusDocument(
                        TurnKind.STREAM, path.second(), "t", path.relative() + ".json", null, "{}", parameters),
                webhook,
                before);
    }

    private static WebhookUrl webhook() throws Exception {
        return WebhookUrl.read("https://example.com/hook");
    }

    private void assertGivenBack() {
        assertEquals(0, turns.count());
        assertEquals(0, bodies.get());
        assertTrue(turns.all().isEmpty());
    }

    private static List<Path> filesIn(Path tree) throws IOException {
        try (var files = Files.walk(tree)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    /** What cannot be written. */
    private abstract static class Faulty implements JsonSource {
        @Override
        public int length() {
            return 2;
        }
    }

    private final class Counted implements ChatUpstream {
        @Override
        public ChatEnd run(ChatCall call, ChatSink sink) {
            calls.incrementAndGet();
            return new ChatEnd.Ended();
        }

        @Override
        public void close() {}
    }
}
