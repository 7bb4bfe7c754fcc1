package offload.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import offload.testing.Script;
import offload.testing.ScriptedUpstream;
import offload.testing.Until;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server claims of dead ones, where something that it finds there cannot be put in order, or not at once. */
class ClaimsIT {
    @TempDir
    Path data;

    /** The first dead one is put into the claims of a second by hand, as if that had died while it finished the turn. */
    @Test
    void a_turn_of_a_node_that_a_dead_one_had_claimed_is_finished_later_where_that_fails_at_first() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start()) {
            upstream.always(Script.silence());
            Turn left = left(upstream);
            Path first = nodes().getFirst();
            Path making = Files.createDirectories(first.resolveSibling(".new-dead"));
            Files.copy(first.resolve("boot"), making.resolve("boot"));
            Files.createFile(making.resolve("lock"));
            Files.move(first, Files.createDirectory(making.resolve("claims")).resolve(first.getFileName()));
            Files.move(making, making.resolveSibling("dead"));
            // Nothing can be read where a folder is, as where a device fails.
            Path log = Files.move(left.file(".txt"), left.file(".kept"));
            Files.createDirectory(left.file(".txt"));
            try (Node heir = Node.start(data, upstream.base(), Map.of())) {
                Until.holds("finishing it fails", () -> heir.output().contains("failed, for now"));
                // It was tried again when the last of these was claimed.
                Until.holds("a further turn is final", left(upstream)::isFinal);
                Until.holds("a third turn is final", left(upstream)::isFinal);
                assertEquals(2, heir.output().split("failed, for now", -1).length, heir.output());
                Files.delete(left.file(".txt"));
                Files.move(log, left.file(".txt"));
                Until.holds("the turn is final", left::isFinal);
                left.assertSound();
                assertEquals("interrupted", left.errorCode());
                Until.holds(
                        "the claims are put in order",
                        () -> list(nodes().getFirst().resolve("claims")).isEmpty());
            }
        }
    }

    /** As one is that another user made, whose files may not be opened. */
    @Test
    void a_folder_that_cannot_be_claimed_keeps_no_other_from_being_put_in_order() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start()) {
            upstream.always(Script.silence());
            Turn left = left(upstream);
            Path foreign = nodes().getFirst().resolveSibling("0");
            Files.createDirectories(foreign.resolve("lock"));
            Files.copy(nodes().getLast().resolve("boot"), foreign.resolve("boot"));
            try (Node heir = Node.start(data, upstream.base(), Map.of())) {
                Until.holds("the turn is final", left::isFinal);
                left.assertSound();
                // It was tried again when the second one was claimed.
                Until.holds("a further turn is final", left(upstream)::isFinal);
                int told = heir.output().split(foreign + " cannot be claimed, for now", -1).length - 1;
                assertEquals(1, told, heir.output());
            }
        }
    }

    /** Nobody finishes the turn: its log is the one that readers on all servers follow, as until an heir gets to it. */
    @Test
    void a_frozen_node_that_was_claimed_appends_nothing_to_the_log_that_the_heir_has_not_yet_replaced()
            throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                Node sleeper = Node.start(data, upstream.base(), Map.of())) {
            upstream.always(Talk.words(20_000, 2_000));
            Turn turn = Turn.submit(sleeper, data);
            Until.holds("the answer comes", () -> turn.log().length() > 1_000);
            Path folder = nodes().getFirst();
            sleeper.signal("STOP");
            Path heart = folder.resolve("heartbeat");
            Until.holds(
                    "the heart stands still for as long as others wait",
                    () -> System.currentTimeMillis()
                                    - Files.getLastModifiedTime(heart).toMillis()
                            > 6_000);
            Files.move(folder, data.resolve("claimed"));
            String log = turn.log();
            sleeper.signal("CONT");
            assertEquals(75, sleeper.awaitExit(), sleeper.output());
            assertEquals(log, turn.log());
        }
    }

    private Turn left(ScriptedUpstream upstream) throws Exception {
        try (Node doomed = Node.start(data, upstream.base(), Map.of())) {
            return Turn.submit(doomed, data);
        }
    }

    private List<Path> nodes() throws Exception {
        return list(data.resolve(".offload/nodes"));
    }

    private static List<Path> list(Path folder) throws Exception {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        }
    }
}
