package offload.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import offload.disk.Folders;
import offload.files.liveness.FailureDetector;
import offload.testing.Unknown;
import offload.turn.Access;
import offload.turn.TurnPath;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is left in the folder of nodes by those that died while they began or ended. */
class OtherNodesTest {
    private static final long SECOND = 1_000_000_000;

    private static final TurnPath TURN = new TurnPath(Access.PUBLIC, 1_700_000_000, "name");

    @TempDir
    Path folder;

    private final AtomicLong nanos = new AtomicLong(5 * SECOND);

    @Test
    void a_folder_whose_server_died_while_it_began_goes_once_no_server_can_be_beginning_in_it() throws Exception {
        DataFolder data = new DataFolder(folder);
        try (NodeFolder self = NodeFolder.create(data)) {
            OtherNodes others = new OtherNodes(data, self, nanos::get);
            Path left = Files.createDirectory(data.nodes().resolve(".new-0123456789abcdef"));
            Files.createFile(Files.createDirectory(left.resolve("active")).resolveSibling("lock"));
            others.claimDead();
            nanos.addAndGet(60 * SECOND);
            others.claimDead();
            assertTrue(Files.exists(left.resolve("lock")), "it may be beginning");
            nanos.addAndGet(1);
            others.claimDead();
            assertEquals(List.of(data.nodes().resolve(self.id())), Folders.list(data.nodes()));
        }
    }

    @Test
    void what_a_server_left_that_died_while_it_cleared_up_goes_at_once() throws Exception {
        DataFolder data = new DataFolder(folder);
        try (NodeFolder self = NodeFolder.create(data)) {
            Files.createDirectories(
                    data.nodes().resolve(".old-0123456789abcdef").resolve("active"));
            new OtherNodes(data, self, nanos::get).claimDead();
            assertEquals(List.of(data.nodes().resolve(self.id())), Folders.list(data.nodes()));
        }
    }

    @Test
    void what_is_left_under_the_name_of_a_claim_that_is_not_in_order_yet_is_claimed_beside_it() throws Exception {
        DataFolder data = new DataFolder(folder);
        try (NodeFolder self = NodeFolder.create(data)) {
            OtherNodes others = new OtherNodes(data, self, nanos::get);
            for (String marker : List.of("first", "second")) {
                Path left = data.nodes().resolve("left");
                Files.createFile(Files.createDirectories(left.resolve("active")).resolve(marker));
                Files.createFile(left.resolve("lock"));
                others.claimDead();
                nanos.addAndGet(7 * SECOND);
                others.claimDead();
            }
            assertTrue(Files.exists(self.claims().resolve("left/active/first")));
            assertTrue(Files.exists(self.claims().resolve("left-2/active/second")));
        }
    }

    /** There, a lock that can be taken proves nothing: it may be one that is not seen from this mount. */
    @Test
    void what_ran_on_another_mount_of_this_machine_is_not_claimed_before_its_heart_stands_still() throws Exception {
        DataFolder data = new DataFolder(folder);
        try (NodeFolder self = NodeFolder.create(data)) {
            OtherNodes others = new OtherNodes(data, self, nanos::get);
            String here = Files.readString(data.nodes().resolve(self.id()).resolve("boot"));
            Path left = left(data, "0123456789abcdef", here);
            Path elsewhere = left(data, "fedcba9876543210", here.replaceFirst(" \\d+", " 1"));
            others.claimDead();
            assertFalse(Files.exists(left), "the same mount");
            assertTrue(Files.exists(elsewhere), "another one");
            nanos.addAndGet(7 * SECOND);
            others.claimDead();
            assertFalse(Files.exists(elsewhere));
        }
    }

    /** Else two servers write into the same logs, where the file system does not show the locks of other machines. */
    @Test
    void a_node_of_another_machine_whose_heart_beats_is_not_claimed_although_its_lock_can_be_taken() throws Exception {
        DataFolder data = new DataFolder(folder);
        try (NodeFolder self = NodeFolder.create(data)) {
            OtherNodes others = new OtherNodes(data, self, nanos::get);
            Path other = left(data, "fedcba9876543210", "another machine");
            for (int beat = 2; beat < 5; beat++) {
                others.claimDead();
                nanos.addAndGet(FailureDetector.STALE_SECONDS * SECOND);
                others.claimDead();
                assertTrue(Files.exists(other), "beat " + beat);
                Files.writeString(other.resolve("heartbeat"), Integer.toString(beat));
            }
            others.claimDead();
            nanos.addAndGet(FailureDetector.STALE_SECONDS * SECOND + 1);
            others.claimDead();
            assertFalse(Files.exists(other));
            assertTrue(Files.exists(self.claims().resolve("fedcba9876543210")));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "the first status, the first status, false",
        "another, the first status, true",
        "the first status, the fi, false",
        "the fi, the first status, true",
        "the first status, , true"
    })
    void a_draft_of_a_marker_has_its_turn_where_it_is_its_first_status_or_was_just_being_copied_there(
            String draft, @Nullable String status, boolean others) throws Exception {
        DataFolder data = new DataFolder(folder);
        try (NodeFolder self = NodeFolder.create(data)) {
            Path dead = Files.createDirectories(folder.resolve("dead/active"));
            Path marker = Files.writeString(dead.resolve(TURN.marker() + NodeFolder.CLAIMING), draft);
            assertEquals(others, new OtherNodes(data, self).haveTurn(TURN, marker, status(data, status)));
        }
    }

    @ParameterizedTest
    @CsvSource({"'', whatever, true", ".claiming, the first status, true", ".claiming, another, false"})
    void a_turn_that_a_node_has_which_nobody_claimed_is_not_the_dead_ones(String ending, String marker, boolean others)
            throws Exception {
        DataFolder data = new DataFolder(folder);
        try (NodeFolder self = NodeFolder.create(data)) {
            OtherNodes nodes = new OtherNodes(data, self);
            Path status = status(data, "the first status");
            Path dead = Files.createDirectories(folder.resolve("dead/active")).resolve(TURN.marker());
            Files.writeString(dead, "the first status");
            assertFalse(nodes.haveTurn(TURN, dead, status));
            Path living = Files.createDirectories(data.nodes().resolve("living/active"));
            Path theirs = Files.writeString(living.resolve(TURN.marker() + ending), marker);
            assertEquals(others, nodes.haveTurn(TURN, dead, status));
            assertFalse(nodes.haveTurn(TURN, living.resolve(TURN.marker()), status), "its own");
            Files.delete(theirs);
        }
    }

    /** Else the turn of a server that lives would be ended as one that its dead neighbour left. */
    @Test
    void where_nobody_can_tell_whether_another_node_has_the_turn_nobody_says_that_none_has() throws Exception {
        DataFolder data = new DataFolder(folder);
        try (NodeFolder self = NodeFolder.create(data)) {
            Path status = status(data, "the first status");
            Path dead = Files.createDirectories(folder.resolve("dead/active")).resolve(TURN.marker());
            Files.writeString(dead, "the first status");
            Path living = Files.createDirectories(data.nodes().resolve("living/active"));
            Path unknown = Unknown.at(living.resolve(TURN.marker()));
            assertThrows(IOException.class, () -> new OtherNodes(data, self).haveTurn(TURN, dead, status));
            Files.delete(unknown);
        }
    }

    private static Path status(DataFolder data, @Nullable String text) throws Exception {
        data.makeFolder(TURN);
        Path status = data.files(TURN).status();
        return text == null ? status : Files.writeString(status, text);
    }

    private static Path left(DataFolder data, String id, String boot) throws Exception {
        Path left = Files.createDirectory(data.nodes().resolve(id));
        Files.createFile(left.resolve("lock"));
        Files.writeString(left.resolve("heartbeat"), "1");
        Files.writeString(left.resolve("boot"), boot);
        return left;
    }
}
