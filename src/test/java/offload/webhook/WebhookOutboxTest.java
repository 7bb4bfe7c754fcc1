package offload.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import offload.address.WebhookUrl;
import offload.testing.SetClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhookOutboxTest {
    private static final String TURN = "priv-2026-11-23-10-50-57-my_name";

    private final SetClock clock = new SetClock("2026-11-23T10:00:00Z");

    @TempDir
    private Path data;

    private Path folder;
    private Path status;
    private WebhookOutbox outbox;
    private WebhookUrl url;

    @BeforeEach
    void open() throws Exception {
        folder = data.resolve(".offload/nodes/a/webhooks");
        status = data.resolve("priv/x.json");
        outbox = new WebhookOutbox(folder, clock);
        url = WebhookUrl.read("https://bob:secret@hooks.example.com/in?t=1");
    }

    @Test
    void an_entry_is_dormant_until_its_turn_is_final() throws Exception {
        prepare(TURN);
        assertEquals(List.of(TURN), outbox.dormant());
        assertEquals(0, outbox.pending());
        assertTrue(outbox.release(TURN, status));
        assertEquals(List.of(), outbox.dormant());
        assertEquals(1, outbox.pending());
        WebhookEntry entry = due(outbox, TURN);
        assertEquals(url.text(), entry.url());
        assertEquals(status, outbox.resolve(String.valueOf(entry.files().status())));
        assertEquals(
                data.resolve("priv/x.webhook.json"),
                outbox.resolve(entry.files().record()));
        assertEquals(clock.instant(), dueOf(entry).at());
    }

    @Test
    void an_entry_is_for_the_servers_user_only_because_it_holds_the_whole_url() throws Exception {
        prepare(TURN);
        assertEquals(List.of(TURN + ".prepared"), names(folder));
        Path file = folder.resolve(TURN + ".prepared");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        outbox.release(TURN, status);
        assertEquals(List.of(TURN + ".json"), names(folder));
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(TURN + ".json"))));
    }

    @Test
    void the_id_is_the_same_from_preparation_to_the_end() throws Exception {
        prepare(TURN);
        String prepared = entryIn(folder.resolve(TURN + ".prepared")).id();
        assertTrue(prepared.matches("msg_[A-Za-z0-9_-]{24}"), prepared);
        outbox.release(TURN, status);
        assertEquals(prepared, due(outbox, TURN).id());
    }

    @Test
    void a_release_may_be_repeated_after_a_crash_at_any_point() throws Exception {
        prepare(TURN);
        byte[] prepared = Files.readAllBytes(folder.resolve(TURN + ".prepared"));
        List<String> told = new ArrayList<>();
        outbox.onDue(entry -> told.add(entry.id()));
        outbox.release(TURN, status);
        Files.write(folder.resolve(TURN + ".prepared"), prepared);
        WebhookEntry before = due(outbox, TURN);
        assertTrue(outbox.release(TURN, status));
        assertEquals(before, due(outbox, TURN));
        assertEquals(List.of(), outbox.dormant());
        assertTrue(outbox.release(TURN, status));
        assertEquals(List.of(before.id(), before.id(), before.id()), told);
    }

    @Test
    void a_turn_without_a_webhook_has_nothing_to_release() throws Exception {
        assertFalse(outbox.release(TURN, status));
        assertEquals(0, outbox.pending());
    }

    @Test
    void a_discarded_webhook_is_gone_in_whatever_state() throws Exception {
        prepare(TURN);
        outbox.discard(TURN);
        assertEquals(List.of(), names(folder));
        prepare(TURN);
        outbox.release(TURN, status);
        outbox.discard(TURN);
        outbox.discard(TURN);
        assertEquals(List.of(), names(folder));
    }

    @Test
    void another_nodes_webhooks_are_taken_over_also_after_a_crash_in_the_middle() throws Exception {
        prepare(TURN + "-dormant");
        prepare(TURN + "-due");
        outbox.release(TURN + "-due", status);
        prepare(TURN + "-dead");
        outbox.release(TURN + "-dead", status);
        outbox.bury(due(outbox, TURN + "-dead"));
        Files.writeString(folder.resolve("torn.json.tmp"), "{");
        WebhookEntry due = due(outbox, TURN + "-due");

        Path otherFolder = data.resolve(".offload/nodes/b/webhooks");
        WebhookOutbox other = new WebhookOutbox(otherFolder, clock);
        List<WebhookEntry> told = new ArrayList<>();
        other.onDue(told::add);
        Files.move(
                folder.resolve("dead").resolve(TURN + "-dead.json"),
                otherFolder.resolve("dead/" + TURN + "-dead.json"));

        assertEquals(List.of(TURN + "-dormant"), other.adopt(folder));
        assertEquals(List.of(due), told);
        assertEquals(status, other.resolve(String.valueOf(due.files().status())));
        assertTrue(other.release(TURN + "-dormant", status));
        assertEquals(2, other.pending());
        assertEquals(List.of(TURN + "-dead.json"), names(otherFolder.resolve("dead")));
        assertFalse(Files.exists(folder));
        assertEquals(List.of(), other.adopt(folder));
    }

    @Test
    void a_node_that_was_taken_over_finds_nothing_to_send_and_writes_nothing_more() throws Exception {
        prepare(TURN);
        outbox.release(TURN, status);
        WebhookEntry entry = due(outbox, TURN);
        new WebhookOutbox(data.resolve(".offload/nodes/b/webhooks"), clock).adopt(folder);
        assertNull(outbox.find(TURN));
        assertThrows(IOException.class, () -> outbox.save(entry));
        assertFalse(Files.exists(folder));
    }

    @Test
    void a_restart_in_the_same_folder_finds_everything() throws Exception {
        prepare(TURN + "-1");
        prepare(TURN + "-2");
        outbox.release(TURN + "-1", status);
        WebhookOutbox again = new WebhookOutbox(folder, clock);
        assertEquals(List.of(TURN + "-2"), again.dormant());
        assertEquals(List.of(due(outbox, TURN + "-1")), again.due());
    }

    @Test
    void a_dead_letter_comes_back_with_a_fresh_schedule_and_its_old_tries() throws Exception {
        prepare(TURN);
        outbox.release(TURN, status);
        WebhookTry failed = new WebhookTry(clock.instant(), Duration.ofMillis(5), 500, null, "oops", null);
        outbox.bury(due(outbox, TURN).after(failed, null));
        assertEquals(0, outbox.pending());
        assertEquals("dead", new OutboxReader(List.of(folder)).list().getFirst().state());
        clock.pass(Duration.ofDays(3));
        outbox.retry(TURN);
        WebhookEntry again = due(outbox, TURN);
        assertEquals(List.of(failed), again.tries());
        assertEquals(new WebhookEntry.Due(clock.instant(), clock.instant(), 0), again.due());
        assertEquals(List.of(), names(folder.resolve("dead")));
    }

    @Test
    void a_file_that_holds_no_entry_is_left_alone() throws Exception {
        Path odd = Files.writeString(folder.resolve("odd.json"), "{\"turn\":1}");
        assertEquals(List.of(), outbox.due());
        assertTrue(Files.exists(odd));
    }

    @Test
    void an_entry_under_another_turns_name_is_left_alone() throws Exception {
        prepare(TURN);
        outbox.release(TURN, status);
        Files.copy(folder.resolve(TURN + ".json"), folder.resolve(TURN + "-2.json"));
        assertEquals(List.of(due(outbox, TURN)), outbox.due());
        assertNull(outbox.find(TURN + "-2"));
    }

    @Test
    void a_folder_in_the_place_of_an_entry_keeps_no_other_from_its_receiver() throws Exception {
        Files.createDirectory(folder.resolve("a.json"));
        prepare(TURN);
        outbox.release(TURN, status);
        WebhookOutbox other = new WebhookOutbox(data.resolve(".offload/nodes/b/webhooks"), clock);
        List<String> told = new ArrayList<>();
        other.onDue(entry -> told.add(entry.turn()));
        other.adopt(folder);
        assertEquals(List.of(TURN), told);
        assertEquals(List.of(due(other, TURN)), other.due());
    }

    @Test
    void a_marker_that_could_leave_the_folder_is_refused() {
        for (String bad : List.of("", "../x", "a/b", ".x", "a.b", "x".repeat(221))) {
            assertThrows(IllegalArgumentException.class, () -> outbox.discard(bad), bad);
        }
    }

    private void prepare(String turn) throws IOException {
        outbox.prepare(turn, url, data.resolve("priv/x.webhook.json"));
    }

    private static WebhookEntry due(WebhookOutbox outbox, String turn) throws IOException {
        return notNull(outbox.find(turn));
    }

    private static WebhookEntry.Due dueOf(WebhookEntry entry) {
        return notNull(entry.due());
    }

    private static WebhookEntry entryIn(Path file) throws IOException {
        return notNull(EntryFiles.read(file));
    }

    private static <T> T notNull(@Nullable T value) {
        return Objects.requireNonNull(value);
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }
}
