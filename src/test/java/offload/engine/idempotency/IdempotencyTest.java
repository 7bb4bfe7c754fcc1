package offload.engine.idempotency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import offload.disk.Folders;
import offload.files.DataFolder;
import offload.files.NodeFolder;
import offload.turn.ApiException;
import offload.turn.TurnTokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdempotencyTest {
    @TempDir
    Path folder;

    private final AtomicInteger runs = new AtomicInteger();

    @Test
    void an_answer_is_kept_for_24_hours_and_not_for_ever() throws Exception {
        DataFolder data = new DataFolder(folder);
        try (NodeFolder node = NodeFolder.create(data)) {
            Idempotency idempotency = idempotency(data, node);
            assertEquals(1, once(idempotency));
            age(data, Duration.ofHours(24).minusMinutes(1));
            idempotency.round();
            assertEquals(1, once(idempotency));
            age(data, Duration.ofHours(24).plusMinutes(1));
            idempotency.round();
            assertEquals(2, once(idempotency));
        }
    }

    @Test
    void who_else_has_the_same_key_is_answered_for_himself() throws Exception {
        DataFolder data = new DataFolder(folder);
        try (NodeFolder node = NodeFolder.create(data)) {
            Idempotency idempotency = idempotency(data, node);
            assertEquals(1, once(idempotency));
            assertEquals(2, idempotency.once("other", "key", "body", this::run).getInt("run"));
            assertEquals(3, idempotency.once("own", "erkey", "body", this::run).getInt("run"));
            assertEquals(
                    4, idempotency.once("owner", "other", "body", this::run).getInt("run"));
            assertEquals(1, once(idempotency));
        }
    }

    @Test
    void an_answer_counts_for_24_hours_whether_or_not_it_was_removed_by_then() throws Exception {
        DataFolder data = new DataFolder(folder);
        try (NodeFolder node = NodeFolder.create(data)) {
            Idempotency idempotency = idempotency(data, node);
            assertEquals(1, once(idempotency));
            age(data, Duration.ofHours(24).minusSeconds(30));
            assertEquals(1, once(idempotency));
            age(data, Duration.ofHours(24).plusSeconds(1));
            assertEquals(
                    2,
                    idempotency.once("owner", "key", "another body", this::run).getInt("run"));
            assertEquals(
                    2,
                    idempotency.once("owner", "key", "another body", this::run).getInt("run"));
            assertEquals(1, Folders.list(data.idempotency()).size());
            assertEquals(0, Folders.list(node.repeats()).size());
        }
    }

    @Test
    void of_many_that_find_an_old_answer_on_two_nodes_one_is_the_first() throws Exception {
        DataFolder data = new DataFolder(folder);
        try (NodeFolder node = NodeFolder.create(data);
                NodeFolder other = NodeFolder.create(data);
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Idempotency> both = List.of(idempotency(data, node), idempotency(data, other));
            once(both.getFirst());
            for (int round = 2; round <= 30; round++) {
                age(data, Duration.ofHours(25));
                List<Future<Integer>> answers = new ArrayList<>();
                for (int i = 0; i < 40; i++) {
                    Idempotency one = both.get(i % 2);
                    boolean sweeps = i % 10 == 0;
                    answers.add(callers.submit(() -> {
                        if (sweeps) {
                            one.round();
                        }
                        return once(one);
                    }));
                }
                for (Future<Integer> answer : answers) {
                    assertEquals(round, answer.get());
                }
            }
            assertEquals(List.of(), Folders.list(node.repeats()), "claims of who came too late");
            assertEquals(List.of(), Folders.list(other.repeats()), "claims of who came too late");
        }
    }

    @Test
    void who_dies_while_he_removes_an_old_answer_holds_up_repeats_only_until_his_claims_are_released()
            throws Exception {
        DataFolder data = new DataFolder(folder);
        try (NodeFolder node = NodeFolder.create(data);
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Idempotency idempotency = idempotency(data, node);
            once(idempotency);
            age(data, Duration.ofHours(25));
            Path old = Folders.list(data.idempotency()).getFirst();
            Path left = Files.writeString(folder.resolve(old.getFileName() + "-old.x"), "{\"claim\":\"x\"}");
            Files.createLink(old.resolveSibling(old.getFileName() + "-old"), left);
            idempotency.round();
            assertTrue(Files.exists(old));
            Future<Integer> repeat = callers.submit(() -> once(idempotency));
            Idempotency.release(data, left);
            assertEquals(2, repeat.get());
        }
    }

    /** As whoever is killed between an answer and the removal of his claim leaves one. */
    @Test
    void a_claim_that_is_left_takes_neither_an_answer_nor_anothers_claim_with_it() throws Exception {
        DataFolder data = new DataFolder(folder);
        try (NodeFolder node = NodeFolder.create(data)) {
            Idempotency idempotency = idempotency(data, node);
            once(idempotency);
            Path answer = Folders.list(data.idempotency()).getFirst();
            Path left =
                    Files.writeString(folder.resolve(answer.getFileName() + ".x"), "{\"body\":\"b\",\"claim\":\"x\"}");
            Idempotency.release(data, left);
            assertFalse(Files.exists(left));
            assertEquals(1, once(idempotency));
            Files.writeString(answer, "{\"body\":\"b\",\"claim\":\"y\"}");
            Files.writeString(left, "{\"body\":\"b\",\"claim\":\"x\"}");
            Idempotency.release(data, left);
            assertTrue(Files.exists(answer));
            Files.writeString(left, Files.readString(answer));
            Idempotency.release(data, left);
            assertFalse(Files.exists(answer));
        }
    }

    @Test
    void a_claim_of_which_a_dead_node_copied_only_the_beginning_is_waited_for_and_goes_with_the_rest()
            throws Exception {
        DataFolder data = new DataFolder(folder);
        try (NodeFolder node = NodeFolder.create(data)) {
            Idempotency idempotency = idempotency(data, node);
            once(idempotency);
            Path file = Folders.list(data.idempotency()).getFirst();
            Path left =
                    Files.writeString(folder.resolve(file.getFileName() + ".x"), "{\"body\":\"b\",\"claim\":\"x\"}");
            Files.writeString(file, "{\"body\":");
            assertNull(KeptAnswer.parse(Files.readAllBytes(file), "b").to("b"));
            Idempotency.release(data, left);
            assertEquals(2, once(idempotency));
        }
    }

    private static Idempotency idempotency(DataFolder data, NodeFolder node) throws Exception {
        return new Idempotency(data, node, new TurnTokens(new byte[32]), false);
    }

    private int once(Idempotency idempotency) throws Exception {
        return idempotency.once("owner", "key", "body", this::run).getInt("run");
    }

    private void run(Idempotency.Keep keep) throws IOException {
        keep.answer(
                Json.createObjectBuilder().add("run", runs.incrementAndGet()).build());
    }

    private static void age(DataFolder data, Duration age) throws Exception {
        for (Path file : Folders.list(data.idempotency())) {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
        }
    }

    @Test
    void an_answer_that_cannot_be_kept_is_repeated_all_the_same_and_kept_once_there_is_room() throws Exception {
        DataFolder data = new DataFolder(folder);
        try (NodeFolder node = NodeFolder.create(data);
                NodeFolder other = NodeFolder.create(data)) {
            Idempotency idempotency = idempotency(data, node);
            Path drafts = node.draft().getParent();
            int first = idempotency
                    .once("owner", "key", "body", keep -> {
                        Files.delete(drafts);
                        run(keep);
                    })
                    .getInt("run");
            assertEquals(first, once(idempotency), "who got no answer asks again");
            assertThrows(
                    ApiException.class, () -> idempotency.once("owner", "key", "another body", this::run), "no answer");
            idempotency.catchUp();
            assertEquals(first, once(idempotency));
            Files.createDirectory(drafts);
            idempotency.catchUp();
            assertEquals(first, once(idempotency(data, other)));
            assertEquals(0, Folders.list(node.repeats()).size());
            assertEquals(1, runs.get());
        }
    }

    @Test
    void a_claim_that_a_failing_device_keeps_is_given_up_once_that_can_be_done() throws Exception {
        DataFolder data = new DataFolder(folder);
        try (NodeFolder node = NodeFolder.create(data);
                NodeFolder other = NodeFolder.create(data)) {
            Idempotency idempotency = idempotency(data, node);
            Path drafts = node.draft().getParent();
            IOException failure = new IOException("the device fails");
            Idempotency.First failing = keep -> {
                Files.delete(drafts);
                Files.createFile(drafts);
                throw failure;
            };
            assertSame(
                    failure,
                    assertThrows(IOException.class, () -> idempotency.once("owner", "key", "body", failing)),
                    "why the submission failed is what its caller is told");
            idempotency.catchUp();
            assertEquals(1, Folders.list(node.repeats()).size(), "until then others know of it");
            Files.delete(drafts);
            Files.createDirectory(drafts);
            idempotency.catchUp();
            assertEquals(1, once(idempotency(data, other)));
            assertEquals(0, Folders.list(node.repeats()).size());
            idempotency.catchUp();
            assertEquals(1, once(idempotency), "another's answer stays");
        }
    }
}
