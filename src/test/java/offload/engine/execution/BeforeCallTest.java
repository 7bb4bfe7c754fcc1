package offload.engine.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import offload.disk.Folders;
import offload.files.DataFolder;
import offload.files.FreeSpace;
import offload.files.NodeFolder;
import offload.files.SyncPolicy;
import offload.files.TurnFiles;
import offload.json.JsonSource;
import offload.status.StatusDocument;
import offload.testing.Until;
import offload.turn.Access;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is done between a turn's first files and its call. */
class BeforeCallTest {
    private static final TurnPath PATH = new TurnPath(Access.PUBLIC, 1_700_000_000, "t");

    @TempDir
    Path folder;

    private final AtomicInteger calls = new AtomicInteger();

    @Test
    void the_upstream_is_asked_once_the_turn_is_on_disk_and_what_comes_before_is_done() throws Exception {
        DataFolder data = new DataFolder(folder);
        TurnFiles files = data.files(PATH);
        try (NodeFolder node = NodeFolder.create(data)) {
            RunningTurns turns = new RunningTurns(10, new FreeSpace(data, node, 0));
            start(data, node, turns, (path, document) -> {
                assertEquals(PATH, path);
                assertTrue(Files.exists(files.status()) && Files.exists(files.events()));
                assertEquals(0, calls.get());
            });
            Until.holds("the turn is over", () -> turns.all().isEmpty());
            assertEquals(1, calls.get());
        }
    }

    @Test
    void where_what_comes_before_fails_the_upstream_is_asked_for_nothing_and_nothing_is_left() throws Exception {
        DataFolder data = new DataFolder(folder);
        TurnFiles files = data.files(PATH);
        try (NodeFolder node = NodeFolder.create(data)) {
            RunningTurns turns = new RunningTurns(10, new FreeSpace(data, node, 0));
            IOException failure = new IOException("the device fails");
            assertSame(
                    failure,
                    assertThrows(
                            IOException.class,
                            () -> start(data, node, turns, (_, _) -> {
                                throw failure;
                            })));
            assertFalse(Files.exists(files.status()) || Files.exists(files.events()));
            assertEquals(List.of(), Folders.list(node.active()));
            assertTrue(turns.all().isEmpty() && turns.unfinished().isEmpty());
            assertEquals(0, calls.get());
        }
    }

    private void start(DataFolder data, NodeFolder node, RunningTurns turns, Execution.BeforeCall before)
            throws IOException {
        WebhookOutbox webhooks = new WebhookOutbox(node.webhooks(), InstantSource.system());
        TurnRequest request = new TurnRequest(
                TurnKind.STREAM, Access.PUBLIC, 90_000, 5_000, null, null, null, "\"m\"", "[]", List.of());
        ChatCall call = new ChatCall(
                URI.create("http://u/"),
                new UpstreamKey("key"),
                Map.of(),
                new CallBody(new byte[1], () -> {}),
                true,
                Duration.ofSeconds(5));
        StatusDocument document = new StatusDocument(
                TurnKind.STREAM, PATH.second(), "t", "t.json", null, "{}", JsonSource.of("{\"messages\":[]}"));
        try (Execution execution = new Execution(data, node, turns, new Counted(), webhooks, SyncPolicy.NEVER)) {
            execution.start(request, call, PATH, _ -> document, null, before);
        }
    }

    private final class Counted implements ChatUpstream {
        @Override
        public ChatEnd run(ChatCall call, ChatSink sink) {
            calls.incrementAndGet();
            return new ChatEnd.Unreachable("nobody there");
        }

        @Override
        public void close() {}
    }
}
