package offload.engine.execution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import offload.eventlog.EventLogScan;
import offload.eventlog.RecordBatch;
import offload.files.NodeLayout;
import offload.files.StatusFile;
import offload.turn.TurnError;
import offload.turn.TurnState;
import offload.webhook.WebhookOutbox;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log that gets its end in two tries, because the first one finds the device full and the ballast goes. */
class EndOnFullDeviceTest {
    private static final int BLOCK = 4096;
    private static final TurnState FAILED =
            new TurnState.Failed(TurnError.of(TurnError.UPSTREAM_TRUNCATED, "It just ended.", true));

    @TempDir
    Path folder;

    private Path device;

    @BeforeEach
    void mount() throws Exception {
        device = Files.createDirectory(folder.resolve("device"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", device.toString()) == 0,
                "a tmpfs cannot be mounted: that needs root");
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", "-l", device.toString());
    }

    @Test
    void an_error_for_which_there_is_no_room_at_first_is_told_all_the_same() throws Exception {
        assertToldOnce(0);
    }

    @Test
    void an_error_for_which_there_is_room_and_for_the_end_there_is_none_is_not_told_twice() throws Exception {
        assertToldOnce(lengthOf(true) - lengthOf(false) + 1);
    }

    /** While {@code room} bytes are left in the log's last block, and no other block on the device. */
    private void assertToldOnce(int room) throws Exception {
        try (OpenTurn open = OpenTurn.in(device)) {
            open.turns().space().round();
            assertTrue(Files.exists(ballast(open)));
            appendUntil(open, 2 * BLOCK - room);
            fillDevice();
            WebhookOutbox webhooks = new WebhookOutbox(open.node().webhooks(), InstantSource.system());
            new LastWrites(open.node(), open.turns(), webhooks, false).write(open.turn(), FAILED, null);
            assertFalse(Files.exists(ballast(open)));
            String log = Files.readString(open.files().events());
            assertEquals(2, log.split("\"error\"", -1).length, log);
            assertTrue(EventLogScan.of(open.files().events(), (data, from, length) -> {})
                    .isDone());
            assertTrue(StatusFile.isFinal(open.files().status()));
            assertEquals(Files.size(open.files().events()), open.turn().log().published());
        }
    }

    private static Path ballast(OpenTurn open) {
        return new NodeLayout(open.data().nodes().resolve(open.node().id())).ballast();
    }

    private static void appendUntil(OpenTurn open, int end) throws IOException {
        int framing = batch("").length();
        RecordBatch batch = batch("x".repeat(end - framing));
        // The id of the record has more digits than that of an empty one.
        batch = batch("x".repeat(end - framing - (batch.length() - end)));
        open.turn().log().append(batch);
        open.turn().log().publish(batch);
        assertEquals(end, open.turn().log().position());
    }

    private static RecordBatch batch(String words) {
        byte[] chunk = ("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + words + "\"}}]}").getBytes(UTF_8);
        RecordBatch batch = new RecordBatch();
        batch.begin(0);
        batch.add(chunk, 0, chunk.length);
        return batch;
    }

    /** Of what ends the log there, with the error or without. */
    private static int lengthOf(boolean withError) {
        RecordBatch end = new RecordBatch();
        end.begin(BLOCK);
        if (withError) {
            LastRecords.add(end, FAILED);
        } else {
            LastRecords.addDone(end);
        }
        return end.length();
    }

    private void fillDevice() throws IOException {
        try (OutputStream out = Files.newOutputStream(device.resolve("filler"))) {
            while (true) {
                out.write(new byte[BLOCK]);
            }
        } catch (IOException e) {
            assertTrue(String.valueOf(e.getMessage()).contains("No space left"), e.toString());
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
    }
}
