package offload.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import offload.address.AddressGuard;
import offload.address.WebhookUrl;
import offload.disk.Folders;
import offload.engine.execution.Execution;
import offload.engine.execution.NoUpstream;
import offload.engine.execution.OpenTurn;
import offload.engine.execution.Unfinished;
import offload.files.NodeFolder;
import offload.files.NodeLayout;
import offload.files.StatusFile;
import offload.files.SyncPolicy;
import offload.json.Json;
import offload.testing.Until;
import offload.turn.ApiError;
import offload.turn.TurnError;
import offload.turn.TurnState;
import offload.webhook.WebhookOutbox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of what dead servers left, and of what this one could not finish. */
class RecoveryTest {
    private static final String FIRST = "{\"status\":\"waiting\"}\n";
    private static final String DONE =
            "{\"status\":\"done\",\"endpoints\":{\"status_url\":\"t.json\"},\"request\":{}}\n";

    private static final int ALL = 1 << 20;

    @TempDir
    Path folder;

    @Test
    void a_turn_that_cannot_be_finished_is_tried_again_and_what_kept_room_on_the_device_goes_first() throws Exception {
        try (OpenTurn open = OpenTurn.in(folder)) {
            open.leave();
            Path dead = left(open, open.path().marker());
            Files.createFile(new NodeLayout(dead).ballast());
            makeUnreadable(open.files().events());
            Recovery recovery = recovery(open);
            recovery.round();
            assertFalse(Files.exists(new NodeLayout(dead).ballast()));
            assertFalse(StatusFile.isFinal(open.files().status()));
            Files.delete(open.files().events());
            recovery.round();
            assertTrue(StatusFile.isFinal(open.files().status()));
            assertFalse(Files.exists(dead));
        }
    }

    /** As a power cut leaves it where the device wrote a name and not all of the file. */
    @Test
    void a_final_status_that_is_half_of_one_is_no_final_one() throws Exception {
        try (OpenTurn open = OpenTurn.in(folder)) {
            open.leave();
            Files.writeString(open.files().status(), "{\"status\":\"done\",\"state\":\"compl");
            left(open, open.path().marker());
            recovery(open).round();
            byte[] status = Files.readAllBytes(open.files().status());
            assertEquals("error", Json.object(status).getString("status"));
        }
    }

    @Test
    void what_this_server_could_not_finish_ends_as_it_is_known_to_once_it_can() throws Exception {
        try (OpenTurn open = OpenTurn.in(folder)) {
            open.leave();
            Path marker = leftHere(open);
            Path events = open.files().events();
            makeUnreadable(events);
            Recovery recovery = recovery(open);
            recovery.round();
            assertFalse(StatusFile.isFinal(open.files().status()));
            assertTrue(open.turns().unfinished().containsKey(open.path()) && Files.exists(marker));
            Files.delete(events);
            recovery.round();
            assertTrue(Files.readString(open.files().status()).contains("\"code\":\"connect_timeout\""));
            assertFalse(open.turns().unfinished().containsKey(open.path()) || Files.exists(marker));
        }
    }

    /** It was answered here, and is behind a link perhaps, to a device that will be mounted again. */
    @Test
    void a_turn_of_this_server_whose_folder_is_out_of_sight_waits_for_it() throws Exception {
        try (OpenTurn open = OpenTurn.in(folder)) {
            open.leave();
            Path marker = leftHere(open);
            Path away = Files.move(open.files().folder(), folder.resolve("away"));
            Recovery recovery = recovery(open);
            recovery.round();
            assertTrue(open.turns().unfinished().containsKey(open.path()) && Files.exists(marker));
            Files.move(away, open.files().folder());
            recovery.round();
            assertTrue(StatusFile.isFinal(open.files().status()));
        }
    }

    /** Its marker is a draft yet: the device failed when it was to become one. */
    @Test
    void a_turn_of_this_server_that_got_no_further_than_its_name_ends_and_its_draft_goes() throws Exception {
        try (OpenTurn open = OpenTurn.in(folder)) {
            open.leave();
            Path marker = leftHere(open);
            Path draft = Files.move(marker, open.node().claiming(open.path().marker()));
            Files.writeString(open.files().status(), FIRST);
            recovery(open).round();
            assertTrue(StatusFile.isFinal(open.files().status()));
            assertFalse(open.turns().unfinished().containsKey(open.path()) || Files.exists(draft));
        }
    }

    @Test
    void a_turn_that_a_dead_server_never_answered_or_that_was_deleted_is_forgotten_with_its_webhook() throws Exception {
        try (OpenTurn open = OpenTurn.in(folder)) {
            open.leave();
            Path dead = left(open, open.path().marker());
            prepare(dead.resolve("webhooks"), open);
            Files.move(open.files().folder(), folder.resolve("away"));
            recovery(open).round();
            assertFalse(Files.exists(dead));
            assertEquals(List.of(), webhooks(open));
        }
    }

    /** Its server died after the marker had gone and before the webhook was due. */
    @Test
    void a_webhook_whose_turn_has_a_final_status_and_no_marker_is_due() throws Exception {
        try (OpenTurn open = OpenTurn.in(folder)) {
            open.leave();
            Path dead = left(open, open.path().marker());
            Files.delete(dead.resolve("active").resolve(open.path().marker()));
            prepare(dead.resolve("webhooks"), open);
            Files.writeString(open.files().status(), DONE);
            recovery(open).round();
            assertFalse(Files.exists(dead));
            assertEquals(List.of(open.path().marker() + ".json"), webhooks(open));
            assertEquals(DONE, Files.readString(open.files().status()));
        }
    }

    /** The dead one was about to see that the name is taken: its file is gone, and nothing of who has the name. */
    @Test
    void a_turn_that_runs_here_keeps_its_webhook_whatever_a_dead_server_left_under_its_name() throws Exception {
        try (OpenTurn open = OpenTurn.in(folder)) {
            String name = open.path().marker();
            prepare(open.node().webhooks(), open);
            Path draft = left(open, name + NodeFolder.CLAIMING);
            Recovery recovery = recovery(open);
            recovery.round();
            assertFalse(Files.exists(draft));
            assertEquals(List.of(name + ".prepared"), webhooks(open));
            Files.writeString(open.node().marker(name), FIRST);
            Path marker = left(open, name);
            recovery.round();
            assertFalse(Files.exists(marker));
            assertTrue(Files.exists(open.node().marker(name)));
            assertEquals(List.of(name + ".prepared"), webhooks(open));
            assertFalse(StatusFile.isFinal(open.files().status()));
        }
    }

    /** Else a server that died for want of memory leaves so much that the next one dies over it. */
    @Test
    void what_takes_much_memory_waits_until_there_is_some() throws Exception {
        try (OpenTurn open = OpenTurn.in(folder)) {
            open.leave();
            Path dead = left(open, open.path().marker());
            String large = FIRST.replace("}", " ".repeat(ALL) + "}");
            Files.writeString(dead.resolve("active").resolve(open.path().marker()), large);
            DocumentMemory memory = new DocumentMemory(ALL, Duration.ZERO);
            Recovery recovery = recovery(open, memory);
            DocumentMemory.Hold others = memory.hold(ALL, ApiError.TOO_MANY_TURNS);
            try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
                Future<Object> round = thread.submit(() -> {
                    recovery.round();
                    return null;
                });
                Until.holds(
                        "it waits",
                        () -> Thread.getAllStackTraces().values().stream()
                                .flatMap(Arrays::stream)
                                .anyMatch(frame -> frame.toString().contains("DocumentMemory.await(")));
                assertFalse(StatusFile.isFinal(open.files().status()));
                others.close();
                round.get();
            }
            assertTrue(StatusFile.isFinal(open.files().status()));
            assertEquals(ALL, memory.left());
        }
    }

    /** A dead server's folder that was claimed, with this marker. */
    private static Path left(OpenTurn open, String marker) throws IOException {
        Path dead = open.node().claims().resolve("dead");
        Files.createDirectories(dead.resolve("active"));
        Files.writeString(dead.resolve("active").resolve(marker), FIRST);
        return dead;
    }

    private static Path leftHere(OpenTurn open) throws IOException {
        TurnState late = new TurnState.Failed(TurnError.of(TurnError.CONNECT_TIMEOUT, "late", true));
        open.turns().unfinished().put(open.path(), new Unfinished(late, null, null));
        return Files.writeString(open.node().marker(open.path().marker()), FIRST);
    }

    /** Nothing can be read where a folder is, as where a device fails. */
    private static void makeUnreadable(Path file) throws IOException {
        Files.delete(file);
        Files.createDirectory(file);
    }

    private static void prepare(Path webhooks, OpenTurn open) throws Exception {
        WebhookUrl url = WebhookUrl.parse("https://example.com/hook", new AddressGuard(List.of()));
        new WebhookOutbox(webhooks, InstantSource.system())
                .prepare(open.path().marker(), url, open.files().webhook());
    }

    private static List<String> webhooks(OpenTurn open) throws IOException {
        return Folders.list(open.node().webhooks()).stream()
                .filter(Files::isRegularFile)
                .map(file -> file.getFileName().toString())
                .toList();
    }

    private static Recovery recovery(OpenTurn open) throws IOException {
        return recovery(open, new DocumentMemory(2));
    }

    private static Recovery recovery(OpenTurn open, DocumentMemory memory) throws IOException {
        WebhookOutbox webhooks = new WebhookOutbox(open.node().webhooks(), InstantSource.system());
        Execution execution =
                new Execution(open.data(), open.node(), open.turns(), new NoUpstream(), webhooks, SyncPolicy.NEVER);
        return new Recovery(open.data(), open.node(), open.turns(), webhooks, execution, memory);
    }
}
