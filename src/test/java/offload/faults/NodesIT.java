package offload.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import offload.files.NodeFolder;
import offload.testing.RawHttp;
import offload.testing.Script;
import offload.testing.ScriptedUpstream;
import offload.testing.SseRecorder;
import offload.testing.Until;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several servers on one folder: each finishes what dead ones left and touches nothing of living ones. */
class NodesIT {
    private static final int LEFT = Integer.getInteger("offload.left", 300);

    @TempDir
    Path data;

    @Test
    void one_of_three_is_killed_and_another_finishes_its_turns_only() throws Exception {
        CountDownLatch rest = new CountDownLatch(1);
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                Node doomed = start(upstream);
                Node living = start(upstream);
                Node frozen = start(upstream)) {
            upstream.always(Script.eventsThenWait(
                    rest, Talk.chunk(1, ""), Talk.chunk(2, "").replace("null", "\"stop\"")));
            List<Turn> left = List.of(begun(doomed), begun(doomed), begun(doomed));
            List<Turn> kept = List.of(begun(living), begun(frozen), begun(living), begun(frozen));
            List<String> logs = new ArrayList<>();
            for (Turn turn : kept) {
                logs.add(turn.log());
            }
            frozen.signal("STOP");
            doomed.kill();
            for (Turn turn : left) {
                Until.holds("a dead node's turn is final", turn::isFinal);
                assertTrue(turn.log().startsWith(logs.getFirst()), "what had come is kept");
                turn.assertSound();
            }
            for (int i = 0; i < kept.size(); i++) {
                assertEquals(logs.get(i), kept.get(i).log(), "a living node's log");
                assertTrue(!kept.get(i).isFinal(), "a living node's turn");
            }
            frozen.signal("CONT");
            rest.countDown();
            for (Turn turn : kept) {
                Until.holds("a living node's turn is final", turn::isFinal);
                assertEquals("done", turn.status().getString("status"));
                turn.assertSound();
            }
        }
    }

    /** The claim is done by the test, as a server on another machine does it when the lock of a frozen one is lost. */
    @Test
    void a_frozen_node_that_was_claimed_writes_nothing_more_and_ends() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                Node sleeper = start(upstream)) {
            upstream.always(Talk.words(20_000, 2_000));
            Turn turn = begun(sleeper);
            Path folder = nodes().getFirst();
            try (Node heir = start(upstream);
                    SseRecorder reader = turn.read(sleeper)) {
                reader.awaitEvents(5);
                Path heirs = nodes().stream()
                        .filter(node -> !node.equals(folder))
                        .findFirst()
                        .orElseThrow();
                sleeper.signal("STOP");
                Path heart = folder.resolve("heartbeat");
                Until.holds("the heart stands still for as long as others wait", () -> age(heart) > 6_000);
                Files.move(folder, heirs.resolve("claims").resolve(folder.getFileName()));
                Until.holds("the heir finishes the turn", turn::isFinal);
                turn.assertSound();
                String log = turn.log();
                String status = Files.readString(turn.file(".json"));
                sleeper.signal("CONT");
                assertEquals(75, sleeper.awaitExit(), sleeper.output());
                reader.awaitAnyEnd();
                turn.assertHolds(reader);
                assertEquals(log, turn.log());
                assertEquals(status, Files.readString(turn.file(".json")));
                assertEquals("interrupted", turn.errorCode());
                assertEquals(
                        200,
                        RawHttp.exchange("GET", heir.url(turn.path() + ".json"), null)
                                .status());
            }
        }
    }

    /**
     * The dead one's folder is made by hand: it died between two system calls, after another had taken the name; or somebody
     * who did not see the first left a marker for what he took for nobody's.
     */
    @ParameterizedTest
    @ValueSource(strings = {NodeFolder.CLAIMING, ""})
    void the_marker_of_a_dead_node_that_came_second_to_a_name_touches_neither_the_turn_of_the_first_nor_its_webhook(
            String ending) throws Exception {
        CountDownLatch rest = new CountDownLatch(1);
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                ScriptedUpstream receiver = ScriptedUpstream.start();
                Node living = Node.start(data, upstream.base(), Map.of("OFFLOAD_WEBHOOK_ALLOW", "127.0.0.0/8"))) {
            upstream.always(Script.eventsThenWait(
                    rest, Talk.chunk(1, ""), Talk.chunk(2, "").replace("null", "\"stop\"")));
            receiver.always(Script.answer("200 OK", "text/plain", "thanks"));
            String hook = "\"webhook_url\":\"http://127.0.0.1:" + receiver.port() + "/\",";
            Turn turn = Turn.of(
                    Turn.post(living, Turn.BODY.replace("{\"messages\"", "{" + hook + "\"messages\""), List.of()),
                    data);
            Path dead = deadNode(
                    turn,
                    ending,
                    Files.readString(nodes().getFirst().resolve("boot")),
                    Files.readString(turn.file(".json")));
            Until.holds("the dead node's folder is put in order", () -> !Files.exists(dead) && claims() == 0);
            assertTrue(!turn.isFinal());
            rest.countDown();
            Until.holds("the turn is final", turn::isFinal);
            assertEquals("done", turn.status().getString("status"));
            turn.assertSound();
            Until.holds("its webhook", () -> receiver.requests().size() == 1);
        }
    }

    /** The second one's folder is made by hand; it looks like another machine's, which for 6 s nobody may claim. */
    @Test
    void the_draft_of_a_marker_that_another_dead_node_left_does_not_keep_the_turn_of_the_first_from_its_end()
            throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                Node doomed = start(upstream);
                Node living = start(upstream)) {
            upstream.always(Talk.words(20_000, 5_000));
            Turn turn = begun(doomed);
            String draft = Files.readString(turn.file(".json")).replace("Hi", "Ho");
            deadNode(turn, NodeFolder.CLAIMING, "another machine\n", draft);
            doomed.kill();
            Until.holds("the turn is final", turn::isFinal);
            assertEquals("interrupted", turn.errorCode());
            Until.holds("both folders are put in order", () -> nodes().size() == 1 && claims() == 0);
            turn.assertSound();
            assertTrue(living.isAlive(), living::output);
        }
    }

    @Test
    void hundreds_of_turns_that_a_dead_node_left_are_final_within_15_s() throws Exception {
        CountDownLatch rest = new CountDownLatch(1);
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                Node doomed = start(upstream)) {
            upstream.always(Script.eventsThenWait(rest, Talk.chunk(1, "")));
            List<Turn> left = new ArrayList<>();
            for (int i = 0; i < LEFT; i++) {
                left.add(Turn.submit(doomed, data));
            }
            doomed.kill();
            rest.countDown();
            try (Node heir = start(upstream)) {
                long start = System.nanoTime();
                for (Turn turn : left) {
                    Until.holds("a left turn is final", turn::isFinal);
                }
                long millis = (System.nanoTime() - start) / 1_000_000;
                System.out.println(LEFT + " left turns were final after " + millis + " ms");
                assertTrue(millis < 15_000 && heir.isAlive(), millis + " ms");
            }
        }
    }

    /** The folder of a node that died while it claimed the turn's name with this draft of a status. */
    private Path deadNode(Turn turn, String ending, String boot, String draft) throws Exception {
        Path making = Files.createDirectories(data.resolve(".offload/nodes/.new-dead"));
        Files.createDirectories(making.resolve("active"));
        String marker = data.relativize(turn.base()).toString().replace('/', '-');
        Files.writeString(making.resolve("active/" + marker + ending), draft);
        Files.writeString(making.resolve("boot"), boot);
        Files.createFile(making.resolve("lock"));
        return Files.move(making, making.resolveSibling("dead"));
    }

    private static long age(Path file) throws Exception {
        return System.currentTimeMillis() - Files.getLastModifiedTime(file).toMillis();
    }

    private int claims() throws Exception {
        return nodes().getFirst().resolve("claims").toFile().list().length;
    }

    @Test
    void stop_status_and_stream_work_on_a_node_that_does_not_run_the_turn() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                Node one = start(upstream);
                Node other = start(upstream)) {
            upstream.always(Talk.words(20_000, 5_000));
            Turn turn = begun(one);
            try (SseRecorder reader = turn.read(other)) {
                reader.awaitEvents(5);
                assertEquals(
                        200,
                        RawHttp.exchange("POST", other.url(turn.path() + "/stop"), "")
                                .status());
                assertEquals("[DONE]", reader.awaitEnd().getLast().data());
                assertEquals("cancelled", turn.status().getString("state"));
                turn.assertHolds(reader);
                turn.assertSound();
            }
        }
    }

    private Node start(ScriptedUpstream upstream) throws Exception {
        return Node.start(data, upstream.base(), Map.of());
    }

    private Turn begun(Node node) throws Exception {
        Turn turn = Turn.submit(node, data);
        Until.holds(
                "the first events",
                () -> turn.log().contains("word 2") || turn.log().contains("word 1"));
        Until.holds("two events", () -> turn.log().split("\n\n").length >= 2);
        return turn;
    }

    private List<Path> nodes() throws Exception {
        try (Stream<Path> nodes = Files.list(data.resolve(".offload/nodes"))) {
            return nodes.toList();
        }
    }
}
