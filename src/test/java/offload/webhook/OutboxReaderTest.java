package offload.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxReaderTest {
    private static final String URL = "https://bob:secret@hooks.example.com/in?t=1";

    @TempDir
    private Path data;

    @Test
    void a_command_line_lists_shows_and_asks_for_a_retry_without_touching_an_entry() throws Exception {
        try (Post post = new Post(data)) {
            post.turn("t-1", URL);
            post.prepare("t-2", URL);
            OutboxReader reader = new OutboxReader(List.of(post.folder, data.resolve("nowhere")));
            List<OutboxReader.Item> items = reader.list();
            assertEquals(
                    List.of("pending", "dormant"),
                    items.stream().map(OutboxReader.Item::state).toList());
            assertEquals("https://hooks.example.com/in", items.getFirst().url());
            String shown = reader.show(items.getFirst().id()).orElseThrow().toString();
            assertFalse(shown.contains("secret") || shown.contains("t=1"), shown);
            assertEquals(Optional.empty(), reader.show("nothing"));

            String before = Files.readString(post.folder.resolve("t-1.json"));
            assertTrue(reader.retry("t-1"));
            assertTrue(reader.retry("t-1"), "asked for twice");
            assertFalse(reader.retry("t-2") || reader.retry("nothing"));
            assertEquals(List.of("t-1"), post.outbox.retryRequests());
            assertEquals(before, Files.readString(post.folder.resolve("t-1.json")));
        }
    }

    /** As one that an older version took: its user info and query cannot be told from the rest. */
    @Test
    void of_a_url_that_is_not_taken_any_more_nothing_is_shown() throws Exception {
        try (Post post = new Post(data)) {
            post.turn("t-1", URL);
            Path entry = post.folder.resolve("t-1.json");
            Files.writeString(entry, Files.readString(entry).replace("https://", "gopher://"));
            OutboxReader reader = new OutboxReader(List.of(post.folder));
            assertEquals(
                    "a URL that is not taken any more", reader.list().getFirst().url());
            assertEquals(
                    "a URL that is not taken any more",
                    reader.show("t-1").orElseThrow().getString("url"));
        }
    }

    @Test
    void what_cannot_be_read_hides_no_other_webhook() throws Exception {
        try (Post post = new Post(data)) {
            post.turn("t-1", URL);
            Files.createDirectory(post.folder.resolve("a.json"));
            Path stray = Files.createFile(data.resolve("no folder of a node"));
            OutboxReader reader = new OutboxReader(List.of(stray.resolve("webhooks"), post.folder));
            assertEquals(
                    List.of("t-1"),
                    reader.list().stream().map(OutboxReader.Item::turn).toList());
            assertTrue(reader.retry("t-1"));
        }
    }

    @Test
    void a_dead_nodes_dead_letters_and_requests_go_to_who_takes_it_over() throws Exception {
        try (Post dead = new Post(data);
                Post heir = new Post(data.resolve("heir"))) {
            dead.turn("t-1", URL);
            dead.outbox.bury(Objects.requireNonNull(dead.outbox.find("t-1")));
            dead.turn("t-2", URL);
            assertTrue(new OutboxReader(List.of(dead.folder)).retry("t-2"));
            heir.outbox.adopt(dead.folder);
            assertFalse(Files.exists(dead.folder));
            List<OutboxReader.Item> items = new OutboxReader(List.of(heir.folder)).list();
            assertEquals(
                    List.of("t-2 pending", "t-1 dead"),
                    items.stream().map(item -> item.turn() + " " + item.state()).toList());
            assertNull(items.getLast().dueAt(), "nobody will try it");
            assertEquals(List.of("t-2"), heir.outbox.retryRequests());
        }
    }

    /** As NFS leaves one for a file that is removed while it is open. */
    @Test
    void what_is_no_webhook_keeps_none_of_a_dead_node_from_being_taken_over() throws Exception {
        try (Post dead = new Post(data);
                Post heir = new Post(data.resolve("heir"))) {
            dead.turn("t-1", URL);
            Path stray = Files.createFile(dead.folder.resolve(".nfs0000000000000001"));
            assertEquals(List.of(), heir.outbox.adopt(dead.folder));
            assertEquals(1, heir.outbox.pending());
            assertTrue(Files.exists(stray));
        }
    }

    /** Else one that somebody asks for while the device is full is gone for good. */
    @Test
    void a_dead_letter_that_cannot_be_made_due_again_is_still_there() throws Exception {
        try (Post post = new Post(data)) {
            post.turn("t-1", URL);
            post.outbox.bury(Objects.requireNonNull(post.outbox.find("t-1")));
            Path inTheWay = Files.createDirectories(post.folder.resolve("t-1.json" + EntryFiles.DRAFT + "/x"));
            assertThrows(IOException.class, () -> post.outbox.retry("t-1"));
            Files.delete(inTheWay);
            Files.delete(inTheWay.getParent());
            OutboxReader reader = new OutboxReader(List.of(post.folder));
            assertEquals("dead", reader.list().getFirst().state());
            post.outbox.retry("t-1");
            assertEquals("pending", reader.list().getFirst().state());
        }
    }

    @Test
    void nothing_is_left_of_a_dead_letter_or_of_a_request_for_it_when_its_conversation_is_deleted() throws Exception {
        try (Post post = new Post(data)) {
            post.turn("t-1", URL);
            post.outbox.bury(Objects.requireNonNull(post.outbox.find("t-1")));
            OutboxReader reader = new OutboxReader(List.of(post.folder));
            assertTrue(reader.retry("t-1"));
            post.outbox.discard("t-1");
            assertEquals(List.of(), reader.list());
            assertEquals(List.of(), post.outbox.retryRequests());
        }
    }

    /** Recovery releases what is dormant, perhaps after the last try of what is due. */
    @Test
    void a_dead_letter_is_not_brought_back_by_what_a_crash_left_of_the_time_when_its_turn_ran() throws Exception {
        try (Post post = new Post(data)) {
            post.prepare("t-1", URL);
            Path dormant = post.folder.resolve("t-1" + WebhookOutbox.DORMANT);
            byte[] prepared = Files.readAllBytes(dormant);
            post.release("t-1");
            Files.write(dormant, prepared);
            post.outbox.bury(Objects.requireNonNull(post.outbox.find("t-1")));
            assertFalse(post.outbox.release("t-1", data.resolve("t-1.json")));
            assertEquals(
                    "dead",
                    new OutboxReader(List.of(post.folder)).list().getFirst().state());
        }
    }

    @Test
    void what_is_no_dead_letter_is_left_as_it_is() throws Exception {
        try (Post post = new Post(data)) {
            Path damaged = Files.writeString(post.folder.resolve("dead/t-1.json"), "{\"turn\":");
            post.outbox.forgetRemoved();
            assertTrue(Files.exists(damaged));
        }
    }

    @Test
    void a_dead_letter_goes_when_its_turn_was_removed_by_retention_or_through_another_server() throws Exception {
        try (Post post = new Post(data)) {
            for (String turn : List.of("t-1", "t-2")) {
                post.turn(turn, URL);
                post.outbox.bury(Objects.requireNonNull(post.outbox.find(turn)));
            }
            Files.delete(data.resolve("t-1.json"));
            post.outbox.forgetRemoved();
            assertEquals(
                    List.of("t-2"),
                    new OutboxReader(List.of(post.folder))
                            .list().stream().map(OutboxReader.Item::turn).toList());
        }
    }
}
