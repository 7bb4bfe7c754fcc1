package offload.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import offload.disk.Folders;
import offload.eventlog.EventFormat;
import offload.eventlog.RecordBatch;
import offload.json.JsonSource;
import offload.testing.Unknown;
import offload.turn.Access;
import offload.turn.TurnPath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A name belongs to one turn, and the marker of whoever has it stays. */
class TurnClaimTest {
    private static final TurnPath WANTED = new TurnPath(Access.PUBLIC, 1_700_000_000, "name");

    @TempDir
    Path folder;

    private DataFolder data;
    private NodeFolder node;
    private final List<TurnClaim> claims = new ArrayList<>();
    private final List<TurnPath> stuck = new ArrayList<>();

    @BeforeEach
    void makeNode() throws IOException {
        data = new DataFolder(folder.resolve("data"));
        node = NodeFolder.create(data);
    }

    @AfterEach
    void leave() throws IOException {
        for (TurnClaim claim : claims) {
            claim.log().close();
        }
        node.close();
    }

    private TurnClaim take(TurnPath wanted) throws IOException {
        TurnClaim claim = TurnClaim.take(data, node, wanted, path -> JsonSource.of("{}"), stuck::add);
        claims.add(claim);
        return claim;
    }

    private TurnClaim take(String status) throws IOException {
        TurnClaim claim = TurnClaim.take(data, node, WANTED, path -> JsonSource.of(status + path.name()), stuck::add);
        claims.add(claim);
        return claim;
    }

    @Test
    void whoever_comes_later_gets_the_next_name() throws IOException {
        assertEquals("name", take("").path().name());
        assertEquals("name-2", take("").path().name());
    }

    @Test
    void a_name_whose_marker_still_tells_of_another_turn_is_not_taken_although_its_files_are_gone() throws IOException {
        Path marker = Files.writeString(node.marker(WANTED.marker()), "unfinished");
        assertEquals("name-2", take("").path().name());
        assertEquals("unfinished", Files.readString(marker));
        assertFalse(Files.exists(data.files(WANTED).status()));
        Files.delete(marker);
    }

    @Test
    void of_a_claim_that_is_undone_nothing_is_left_and_its_name_is_free() throws IOException {
        TurnClaim claim = TurnClaim.take(data, node, WANTED, path -> JsonSource.of("{}"), stuck::add);
        claim.undo(data, node);
        RecordBatch batch = new RecordBatch();
        batch.begin(0);
        batch.add(EventFormat.DONE, 0, EventFormat.DONE.length);
        assertThrows(IOException.class, () -> claim.log().append(batch), "its descriptor");
        assertEquals(List.of(), Folders.list(node.active()));
        Path folder = Objects.requireNonNull(data.files(WANTED).status().getParent());
        assertEquals(List.of(), Folders.list(folder));
        assertEquals("name", take("").path().name());
    }

    @Test
    void of_a_name_that_is_got_and_cannot_be_given_up_again_its_taker_is_told() throws IOException {
        data.makeFolder(WANTED);
        Files.writeString(data.files(WANTED).events(), "theirs");
        Path bin = Objects.requireNonNull(node.draft().getParent());
        Files.delete(bin);
        Files.createFile(bin);
        assertThrows(IOException.class, () -> take(""));
        assertEquals(List.of(WANTED), stuck);
    }

    @Test
    void a_name_under_which_somebody_left_events_is_not_taken_and_they_stay() throws IOException {
        data.makeFolder(WANTED);
        Files.writeString(data.files(WANTED).events(), "theirs");
        assertEquals("name-2", take("").path().name());
        assertEquals("theirs", Files.readString(data.files(WANTED).events()));
        assertFalse(Files.exists(data.files(WANTED).status()));
        assertEquals(1, Folders.list(node.active()).size());
    }

    /** Else who has its URLs and tokens would find another's turn there. */
    @Test
    void the_name_of_a_turn_that_was_deleted_is_nobody_elses() throws IOException {
        TurnPath now = new TurnPath(Access.PRIVATE, System.currentTimeMillis() / 1000, "name");
        data.makeFolder(now);
        data.deletedNames().add(now);
        data.deletedNames().add(now);
        assertEquals("name-2", take(now).path().name());
        assertFalse(Files.exists(data.files(now).status()));
        data.deletedNames().round();
        assertEquals("name-3", take(now).path().name());
    }

    @Test
    void a_name_whose_turn_is_deleted_in_the_very_moment_is_not_taken() throws IOException {
        TurnPath now = new TurnPath(Access.PRIVATE, System.currentTimeMillis() / 1000, "name");
        TurnClaim claim = TurnClaim.take(
                data,
                node,
                now,
                path -> {
                    // After the first look, as another server may do.
                    try {
                        if (path.equals(now)) {
                            data.deletedNames().add(path);
                        }
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                    return JsonSource.of("{}");
                },
                stuck::add);
        claims.add(claim);
        assertEquals("name-2", claim.path().name());
        assertFalse(Files.exists(data.files(now).status()));
        assertEquals(List.of(node.marker(claim.path().marker())), Folders.list(node.active()));
    }

    /** Of a device in trouble: the next submission may get it, or its answer says what is wrong. */
    @Test
    void a_name_of_which_nobody_can_tell_whether_it_was_deleted_or_is_still_marked_is_nobodys() throws IOException {
        TurnPath now = new TurnPath(Access.PRIVATE, System.currentTimeMillis() / 1000, "name");
        data.makeFolder(now);
        Path deleted = Unknown.at(data.root().resolve(".offload/deleted").resolve(now.marker()));
        assertThrows(IOException.class, () -> take(now));
        Files.delete(deleted);
        Path marker = Unknown.at(node.marker(now.marker()));
        assertThrows(IOException.class, () -> take(now));
        assertTrue(Files.isSymbolicLink(marker), "it is not replaced");
        Files.delete(marker);
        assertFalse(Files.exists(data.files(now).status()));
        assertEquals(List.of(), Folders.list(node.active()));
        assertEquals("name", take(now).path().name());
        assertEquals(List.of(), stuck);
    }

    @Test
    void a_deleted_name_is_forgotten_once_nobody_can_ask_for_it() throws IOException {
        Path names = folder.resolve("deleted");
        TurnPath deleted = new TurnPath(Access.PRIVATE, 1_700_000_000, "name");
        new DeletedNames(names, () -> Instant.ofEpochSecond(1_700_000_001)).add(deleted);
        DeletedNames dayLater = new DeletedNames(names, () -> Instant.ofEpochSecond(1_700_000_000 + 86_400));
        assertTrue(dayLater.has(deleted));
        dayLater.round();
        assertFalse(dayLater.has(deleted));
        dayLater.add(deleted);
        assertEquals(List.of(), Folders.list(names));
    }

    @Test
    void whoever_loses_a_name_in_the_very_moment_leaves_the_winner_everything() throws IOException {
        List<TurnClaim> winner = new ArrayList<>();
        TurnClaim loser = TurnClaim.take(
                data,
                node,
                WANTED,
                path -> {
                    // After the look for a marker and before the name is asked for, as another thread may do.
                    try {
                        if (winner.isEmpty()) {
                            winner.add(take("winner "));
                        }
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                    return JsonSource.of("loser");
                },
                stuck::add);
        claims.add(loser);

        assertEquals("name", winner.getFirst().path().name());
        assertEquals("name-2", loser.path().name());
        byte[] status = "winner name".getBytes(UTF_8);
        assertArrayEquals(status, Files.readAllBytes(data.files(WANTED).status()));
        assertArrayEquals(status, Files.readAllBytes(node.marker(WANTED.marker())));
        assertFalse(Files.exists(node.claiming(WANTED.marker())));
    }
}
