package offload.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import offload.disk.Folders;
import offload.engine.Verification;
import offload.files.DataFolder;
import offload.testing.RawHttp;
import offload.testing.Script;
import offload.testing.ScriptedUpstream;
import offload.testing.SseRecorder;
import offload.testing.Until;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder that real servers filled is found sound; each kind of damage is found, with its path and a remedy. */
class VerificationIT {
    @TempDir
    Path data;

    /** A status holds both some levels further down than they came. */
    @Test
    void what_a_submission_and_an_answer_may_nest_at_the_most_is_sound_in_a_status() throws Exception {
        String answer = "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"deep\",\"more\":" + nested(60)
                + "},\"finish_reason\":\"stop\"}]}";
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                Node node = Node.start(data, upstream.base(), Map.of())) {
            upstream.always(Script.events(answer));
            String body = "{\"messages\":[{\"content\":\"Hi\"}],\"deep\":" + nested(63) + "}";
            Turn turn = Turn.of(Turn.post(node, body, List.of()), data);
            Until.holds("it is final", turn::isFinal);
            assertEquals(
                    List.of("1 turn, of which 0 are running: all is sound"),
                    report(turn).lines());
        }
    }

    /** Older versions wrote an empty object there. */
    @Test
    void the_raw_body_of_which_nothing_came_is_sound_also_as_older_versions_wrote_it() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                Node node = Node.start(data, upstream.base(), Map.of())) {
            upstream.always(Script.events("[DONE]"));
            URI async = node.url("/v1/async-chatgpt");
            String[] headers = {"Content-Type: application/json", "X-OpenAI-API-Key: k"};
            Turn turn = Turn.of(RawHttp.exchange("POST", async, "{\"messages\":[{}]}", headers), data);
            Until.holds("it is final", turn::isFinal);
            assertEquals(List.of(), report(turn).faults());
            Files.writeString(turn.file(".raw"), "{}");
            assertEquals(List.of(), report(turn).faults());
            Files.writeString(turn.file(".raw"), "{\"choices\":[]}");
            assertFault(report(turn), turn, ".raw", "is not response.body");
        }
    }

    private static String nested(int levels) {
        return "[".repeat(levels) + "]".repeat(levels);
    }

    @Test
    void each_damage_is_found() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                Node node = Node.start(data, upstream.base(), Map.of())) {
            upstream.always(Talk.words(4, 0));
            Turn flipped = finished(node);
            Turn longer = finished(node);
            Turn without = finished(node);
            Turn torn = finished(node);
            Turn orphan = finished(node);
            assertEquals(
                    List.of("6 turns, of which 0 are running: all is sound"),
                    report(finished(node)).lines());
            Files.writeString(flipped.file(".txt"), flipped.log().replace("word 2", "word 3"));
            Files.writeString(longer.file(".txt"), "x", StandardOpenOption.APPEND);
            Files.delete(without.file(".txt"));
            Files.writeString(torn.file(".json"), "{\"status\":\"done\",");
            Files.delete(orphan.file(".json"));
            Verification.Report report = report(flipped);
            assertEquals(1, report.exitStatus());
            assertFault(report, flipped, ".txt", "sha256");
            assertFault(report, longer, ".txt", "whole records");
            assertFault(report, without, ".txt", "missing");
            assertFault(report, torn, ".json", "no whole status");
            assertFault(report, orphan, ".txt", "no status");
            assertEquals(5, report.faults().size(), report.lines().toString());
        }
    }

    @Test
    void a_turn_that_nobody_knows_of_is_finished_as_the_remedy_says() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start()) {
            upstream.always(Script.silence());
            Turn left;
            try (Node node = Node.start(data, upstream.base(), Map.of())) {
                left = Turn.submit(node, data);
                assertEquals(1, report(left).running());
            }
            try (var nodes = Files.list(data.resolve(".offload/nodes"))) {
                for (Path marker : nodes.map(node ->
                                node.resolve("active").toFile().listFiles()[0].toPath())
                        .toList()) {
                    Files.delete(marker);
                }
            }
            try (Node node = Node.start(data, upstream.base(), Map.of())) {
                Verification.Fault fault = report(left).faults().getFirst();
                String commands = fault.remedy().substring(fault.remedy().indexOf(": ") + 2);
                assertEquals(0, new ProcessBuilder("sh", "-c", commands).start().waitFor());
                Until.holds("the turn is final", left::isFinal);
                left.assertSound();
                assertTrue(node.isAlive());
            }
        }
    }

    /** As after a restore: its reader would wait for ever, and so would who asks for its status. */
    @Test
    void a_turn_that_nobody_knows_of_is_finished_for_who_reads_it() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start()) {
            upstream.always(Script.silence());
            Turn left;
            try (Node node = Node.start(data, upstream.base(), Map.of())) {
                left = Turn.submit(node, data);
            }
            Folders.remove(data.resolve(".offload/nodes"));
            for (String ending : List.of(".json", ".txt")) {
                Files.setLastModifiedTime(
                        left.file(ending), FileTime.from(Instant.now().minusSeconds(120)));
            }
            try (Node node = Node.start(data, upstream.base(), Map.of());
                    SseRecorder reader = left.read(node)) {
                Until.holds("the turn is final", left::isFinal);
                reader.awaitEnd();
                left.assertSound();
                left.assertHolds(reader);
            }
        }
    }

    @Test
    void what_no_server_will_ever_stop_can_be_deleted_but_nothing_that_one_still_has() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                Node node = Node.start(data, upstream.base(), Map.of());
                Node frozen = Node.start(data, upstream.base(), Map.of())) {
            upstream.then(Talk.words(4, 0));
            Turn torn = finished(node);
            Files.writeString(torn.file(".json"), "");
            upstream.always(Script.silence());
            Turn running = Turn.submit(frozen, data);
            frozen.signal("STOP");
            assertEquals(503, delete(node, running));
            assertEquals(204, delete(node, torn));
            frozen.signal("CONT");
            Until.holds("it is stopped", running::isFinal);
            assertEquals(204, delete(node, running));
            assertEquals(
                    List.of("0 turns, of which 0 are running: all is sound"),
                    report(torn).lines());
        }
    }

    private static int delete(Node node, Turn turn) throws IOException {
        return RawHttp.exchange("DELETE", node.url(turn.path() + ".json"), null).status();
    }

    private Turn finished(Node node) throws Exception {
        Turn turn = Turn.submit(node, data);
        Until.holds("final", turn::isFinal);
        return turn;
    }

    private Verification.Report report(Turn any) throws Exception {
        assertTrue(any.base().startsWith(data));
        return Verification.of(new DataFolder(data));
    }

    private static void assertFault(Verification.Report report, Turn turn, String ending, String what) {
        assertTrue(
                report.faults().stream()
                        .anyMatch(f -> f.path().endsWith(turn.base().getFileName() + ending)
                                && f.what().contains(what)),
                () -> what + " is not in " + report.lines());
    }
}
