package offload.engine.idempotency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import offload.disk.Folders;
import offload.files.DataFolder;
import offload.files.NodeFolder;
import offload.turn.TurnTokens;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GivenUpClaimsTest {
    @TempDir
    Path folder;

    private DataFolder data;

    @BeforeEach
    void open() throws IOException {
        data = new DataFolder(folder);
    }

    /** It stood still, was taken for dead, and its claim was released; else a repetition would start the turn once more. */
    @Test
    void a_submission_that_failed_takes_no_answer_away_that_another_server_keeps_by_then() throws Exception {
        try (NodeFolder node = NodeFolder.create(data)) {
            assertThrows(
                    IOException.class,
                    () -> once(node, keep -> {
                        Path file = Folders.list(data.idempotency()).getFirst();
                        Files.delete(file);
                        Files.writeString(file, "another's answer");
                        throw new IOException("the device fails");
                    }));
            List<Path> kept = Folders.list(data.idempotency());
            assertEquals(1, kept.size());
            assertEquals("another's answer", Files.readString(kept.getFirst()));
            assertEquals(List.of(), Folders.list(node.repeats()));
        }
    }

    /** Likewise: a second repetition would start the turn that the first one starts. */
    @Test
    void a_submission_that_failed_takes_no_claim_away_that_another_server_has_by_then_on_the_same_body()
            throws Exception {
        try (NodeFolder node = NodeFolder.create(data);
                NodeFolder other = NodeFolder.create(data)) {
            Files.createDirectories(data.idempotency());
            KeyClaims claims = new KeyClaims(data.idempotency(), node);
            Path claim = claims.take("name", "body");
            Path file = data.idempotency().resolve("name");
            Files.delete(file);
            new KeyClaims(data.idempotency(), other).take("name", "body");
            claims.giveUp(claim, file);
            assertTrue(Files.exists(file));
            assertEquals(List.of(), Folders.list(node.repeats()));
        }
    }

    /** As where a device fails for the claim and for its removal: else it is there for as long as its server runs. */
    @Test
    void a_claim_that_failed_and_cannot_be_removed_goes_once_that_can_be_done() throws Exception {
        try (NodeFolder node = NodeFolder.create(data)) {
            assumeTrue(appendOnly("+a", node.repeats()), "only root can have a folder keep what is made in it");
            KeyClaims claims = new KeyClaims(Files.createFile(folder.resolve("no-folder")), node);
            try {
                assertThrows(IOException.class, () -> claims.take("name", "body"));
                assertEquals(1, Folders.list(node.repeats()).size());
            } finally {
                appendOnly("-a", node.repeats());
            }
            claims.catchUp();
            assertEquals(List.of(), Folders.list(node.repeats()));
        }
    }

    private static boolean appendOnly(String attribute, Path folder) throws Exception {
        try {
            return new ProcessBuilder("chattr", attribute, folder.toString())
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void an_answer_whose_turn_was_given_up_before_it_began_is_kept_for_nobody() throws Exception {
        try (NodeFolder node = NodeFolder.create(data)) {
            assertThrows(
                    IOException.class,
                    () -> once(node, keep -> {
                        keep.answer(JsonValue.EMPTY_JSON_OBJECT);
                        throw new IOException("no thread for it");
                    }));
            assertEquals(List.of(), Folders.list(data.idempotency()));
            assertEquals(List.of(), Folders.list(node.repeats()));
        }
    }

    /** Another may have released the claim by then, and begun the turn of a repetition. */
    @Test
    void a_server_that_was_taken_for_dead_before_it_kept_an_answer_gives_its_turn_up() throws Exception {
        try (NodeFolder node = NodeFolder.create(data);
                NodeFolder other = NodeFolder.create(data)) {
            Path own = node.active().getParent();
            assertThrows(
                    IOException.class,
                    () -> once(node, keep -> {
                        Files.move(own, other.claims().resolve("x"));
                        node.beat();
                        keep.answer(JsonValue.EMPTY_JSON_OBJECT);
                    }));
            Files.move(other.claims().resolve("x"), own);
        }
    }

    private void once(NodeFolder node, Idempotency.First first) throws IOException {
        new Idempotency(data, node, new TurnTokens(new byte[32]), false).once("owner", "key", "body", first);
    }
}
