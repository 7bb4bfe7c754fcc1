package offload.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import offload.engine.Verification;
import offload.files.DataFolder;
import offload.testing.RawHttp;
import offload.testing.ScriptedUpstream;
import offload.testing.SseRecorder;
import offload.testing.Until;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tiny device that fills up and is freed. */
class FullDeviceIT {
    @TempDir
    Path folder;

    private Path data;

    @BeforeEach
    void mount() throws Exception {
        data = Files.createDirectory(folder.resolve("data"));
        int status = run("mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", data.toString());
        assumeTrue(status == 0, "a tmpfs cannot be mounted: that needs root");
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", "-l", data.toString());
    }

    @Test
    void turns_on_a_full_device_end_as_storage_full_and_all_is_well_once_there_is_room() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                Node node = Node.start(data, upstream.base(), Map.of())) {
            Until.holds("the ballast is there", () -> ballast(data) == 1);
            upstream.always(Talk.words(20_000, 2_000));
            List<Turn> turns = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                turns.add(Turn.submit(node, data));
            }
            Path filler = fill();
            for (Turn turn : turns) {
                Until.holds("the last status is written, with what the ballast left", turn::isFinal);
                assertEquals("storage_full", turn.errorCode());
                turn.assertSound();
            }
            assertEquals(0, ballast(data));
            assertEquals(507, Turn.post(node).status());
            Files.delete(filler);
            afterwardsAllIsWell(upstream, node);
            Until.holds("the ballast is back", () -> ballast(data) == 1);
        }
    }

    @Test
    void a_turn_for_whose_end_there_is_no_room_is_final_once_there_is() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                Node node = Node.start(data, upstream.base(), Map.of())) {
            upstream.then(Talk.words(2_000, 1_000, "x".repeat(8_000)));
            upstream.always(Talk.words(100, 1_000, "x".repeat(8_000)));
            // Room enough, once it is there again, for every turn that is begun while the device fills up.
            assertEquals(0, run("mount", "-o", "remount,size=18m", data.toString()));
            Path filler = Files.write(data.resolve("filler"), new byte[14 << 20]);
            Turn turn = Turn.submit(node, data);
            upstream.request(0);
            Until.holds("submissions get 507", () -> Turn.post(node).status() == 507);
            Until.holds("the turn has met the end of the room as well", upstream.connection(0)::clientClosed);
            Files.delete(filler);
            Until.holds("the turn is final", turn::isFinal);
            assertEquals("storage_full", turn.errorCode());
            turn.assertSound();
            afterwardsAllIsWell(upstream, node);
        }
    }

    @Test
    void a_server_killed_on_a_full_device_starts_again_and_finishes_its_turns_with_what_the_ballast_left()
            throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start()) {
            upstream.always(Talk.words(2_000, 20_000));
            Turn turn;
            Path filler;
            try (Node node = Node.start(data, upstream.base(), Map.of())) {
                Until.holds("the ballast is there", () -> ballast(data) == 1);
                turn = Turn.submit(node, data);
                try (SseRecorder reader = turn.read(node)) {
                    reader.awaitEvents(1);
                }
                node.kill();
                filler = fill();
            }
            try (Node node = Node.start(data, upstream.base(), Map.of())) {
                Until.holds("the turn is final", turn::isFinal);
                assertEquals("interrupted", turn.errorCode());
                turn.assertSound();
                Files.delete(filler);
                afterwardsAllIsWell(upstream, node);
            }
        }
    }

    private Path fill() throws IOException {
        Path filler = data.resolve("filler");
        try (var out = Files.newOutputStream(filler)) {
            while (true) {
                out.write(new byte[4096]);
            }
        } catch (IOException e) {
            return filler;
        }
    }

    private void afterwardsAllIsWell(ScriptedUpstream upstream, Node node) throws Exception {
        upstream.always(Talk.words(3, 0));
        RawHttp.Response answer = Until.present("submissions are taken again", () -> {
            RawHttp.Response response = Turn.post(node);
            return response.status() == 200 ? response : null;
        });
        Turn turn = Turn.of(answer, data);
        Until.holds("it is final", turn::isFinal);
        assertEquals("done", turn.status().getString("status"));
        Until.holds(
                "all is sound",
                () -> Verification.of(new DataFolder(data)).faults().isEmpty());
    }

    @Test
    void below_the_watermark_new_submissions_get_507_and_running_turns_go_on() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                Node node = Node.start(data, upstream.base(), Map.of("OFFLOAD_STORAGE_MIN_FREE", "3 MiB"))) {
            upstream.always(Talk.words(100, 20_000));
            Turn running = Turn.submit(node, data);
            Path filler = Files.write(data.resolve("filler"), new byte[2 << 20]);
            Until.holds("the server has noticed", () -> health(node) == 503);
            RawHttp.Response ready = RawHttp.exchange("GET", node.url("/health/ready"), null);
            assertEquals(200, ready.status(), "its readers would be sent away");
            assertTrue(ready.text().contains("\"storage\":\"full\""), ready.text());
            RawHttp.Response refusal = Turn.post(node);
            assertEquals(507, refusal.status(), refusal.text());
            assertTrue(refusal.text().contains("\"storage_full\""), refusal.text());
            Until.holds("the running one ends", running::isFinal);
            assertEquals("done", running.status().getString("status"));
            Files.delete(filler);
            Until.holds("all is well again", () -> health(node) == 200);
            assertEquals(200, Turn.post(node).status());
        }
    }

    /** Asked instead of submitting again and again, which would itself fill a device as small as this. */
    private static int health(Node node) throws IOException {
        return RawHttp.exchange("GET", node.url("/health"), null).status();
    }

    private static long ballast(Path data) throws IOException {
        try (var nodes = Files.list(data.resolve(".offload/nodes"))) {
            return nodes.filter(node -> Files.exists(node.resolve("ballast"))).count();
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
    }
}
