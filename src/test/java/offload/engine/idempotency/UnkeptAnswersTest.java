package offload.engine.idempotency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import offload.disk.Folders;
import offload.files.DataFolder;
import offload.files.NodeFolder;
import offload.json.Json;
import offload.testing.LoggedLines;
import offload.turn.TurnTokens;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An answer that a failing device did not take at once counts as long as any other, and leaves no more behind. */
class UnkeptAnswersTest {
    @TempDir
    Path folder;

    private final AtomicInteger runs = new AtomicInteger();
    private DataFolder data;
    private NodeFolder node;
    private Path drafts;
    private Idempotency idempotency;

    @BeforeEach
    void open() throws IOException {
        data = new DataFolder(folder);
        node = NodeFolder.create(data);
        drafts = node.draft().getParent();
        idempotency = new Idempotency(data, node, new TurnTokens(new byte[32]), false);
    }

    @AfterEach
    void close() throws IOException {
        node.close();
    }

    @Test
    void one_that_was_kept_late_is_forgotten_after_a_day() throws Exception {
        assertEquals(1, unkept());
        Files.createDirectory(drafts);
        idempotency.catchUp();
        age();
        idempotency.catchUp();
        assertEquals(2, once(this::run));
    }

    @Test
    void one_that_was_never_kept_is_forgotten_after_a_day() throws Exception {
        assertEquals(1, unkept());
        age();
        Files.createDirectory(drafts);
        assertEquals(2, once(this::run));
        assertEquals(2, once(this::run));
    }

    /** Else who asks again gets the URLs of a turn that there is not. */
    @Test
    void one_whose_turn_was_given_up_before_it_began_is_not_repeated() throws Exception {
        assertThrows(
                IOException.class,
                () -> once(keep -> {
                    Files.delete(drafts);
                    run(keep);
                    throw new IOException("no thread for it");
                }));
        Files.createDirectory(drafts);
        idempotency.catchUp();
        assertEquals(2, once(this::run));
        assertEquals(2, once(this::run));
    }

    @Test
    void a_claim_that_cannot_be_given_up_for_a_while_is_told_once() throws Exception {
        try (LoggedLines log = LoggedLines.of(KeyClaims.class)) {
            assertThrows(
                    IOException.class,
                    () -> once(keep -> {
                        Files.delete(drafts);
                        Files.createFile(drafts);
                        throw new IOException("the device fails");
                    }));
            idempotency.catchUp();
            idempotency.catchUp();
            assertEquals(1, log.all().size(), log.toString());
            Files.delete(drafts);
            Files.createDirectory(drafts);
        }
    }

    @Test
    void a_submission_that_finds_no_folder_for_its_claim_leaves_none() throws Exception {
        Files.delete(data.idempotency());
        assertThrows(IOException.class, () -> once(this::run));
        assertEquals(0, runs.get());
        assertEquals(List.of(), Folders.list(node.repeats()));
    }

    private int unkept() throws IOException {
        return once(keep -> {
            Files.delete(drafts);
            run(keep);
        });
    }

    private int once(Idempotency.First first) throws IOException {
        return idempotency.once("owner", "key", "body", first).getInt("run");
    }

    private void run(Idempotency.Keep keep) throws IOException {
        keep.answer(
                Json.createObjectBuilder().add("run", runs.incrementAndGet()).build());
    }

    private void age() throws IOException {
        for (Path file : Folders.list(data.idempotency())) {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofHours(25))));
        }
    }
}
