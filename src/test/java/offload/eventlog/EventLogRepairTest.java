package offload.eventlog;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.UUID;
import offload.disk.DeviceSync;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventLogRepairTest {
    @TempDir
    Path folder;

    @Test
    void a_log_cut_at_any_byte_and_repaired_is_a_prefix_of_whole_records_and_the_end() throws Exception {
        TreeSet<Long> ends = new TreeSet<>();
        byte[] whole = log(ends);
        for (int cut = 0; cut <= whole.length; cut++) {
            Path log = Files.write(folder.resolve("cut.txt"), Arrays.copyOf(whole, cut));
            EventLogScan scan = EventLogScan.of(log, (data, from, length) -> {});
            long kept = ends.floor((long) cut);
            assertEquals(kept, scan.offset(), "cut at " + cut);
            RecordBatch end = new RecordBatch();
            end.begin(scan.answerEnd());
            end.add(EventFormat.DONE, 0, EventFormat.DONE.length);
            EventLogRepair.rewrite(log, folder.resolve("draft"), scan.answerEnd(), end);
            byte[] repaired = Files.readAllBytes(log);
            assertArrayEquals(
                    Arrays.copyOf(whole, (int) scan.answerEnd()), Arrays.copyOf(repaired, (int) scan.answerEnd()));
            EventLogScan again = EventLogScan.of(log, (data, from, length) -> {});
            assertTrue(again.isDone());
            assertEquals(repaired.length, again.offset());
        }
    }

    @Test
    void a_log_that_got_shorter_than_what_was_seen_of_it_is_left_as_it_is() throws Exception {
        byte[] whole = log(new TreeSet<>());
        Path log = Files.write(folder.resolve("short.txt"), whole);
        Path draft = folder.resolve("draft");
        RecordBatch end = new RecordBatch();
        end.begin(whole.length + 1);
        end.add(EventFormat.DONE, 0, EventFormat.DONE.length);
        assertThrows(IOException.class, () -> EventLogRepair.rewrite(log, draft, whole.length + 1, end));
        assertArrayEquals(whole, Files.readAllBytes(log));
        assertFalse(Files.exists(draft));
    }

    /** As in a folder that may not be written to: it is tried again every other second, each time with another draft. */
    @Test
    void a_new_log_that_cannot_take_the_old_ones_name_is_removed() throws Exception {
        byte[] whole = log(new TreeSet<>());
        Path log = Files.write(folder.resolve("kept.txt"), whole);
        Path memory = Path.of("/dev/shm");
        assumeTrue(Files.isDirectory(memory) && !Files.getFileStore(memory).equals(Files.getFileStore(folder)));
        Path draft = memory.resolve("offload-" + UUID.randomUUID());
        RecordBatch end = new RecordBatch();
        end.begin(whole.length);
        end.add(EventFormat.DONE, 0, EventFormat.DONE.length);
        try {
            // No rename leads from one device to another.
            assertThrows(IOException.class, () -> EventLogRepair.rewrite(log, draft, whole.length, end));
            assertArrayEquals(whole, Files.readAllBytes(log));
            assertFalse(Files.exists(draft));
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    @Test
    void bytes_that_are_no_record_end_what_counts() throws Exception {
        TreeSet<Long> ends = new TreeSet<>();
        byte[] whole = log(ends);
        for (int at = 0; at < whole.length; at++) {
            byte[] damaged = whole.clone();
            damaged[at] = 0;
            Path log = Files.write(folder.resolve("zero.txt"), damaged);
            long offset = EventLogScan.of(log, (data, from, length) -> {}).offset();
            // A byte of data may be anything; one of the frame may not.
            assertTrue(offset == ends.floor((long) at) || offset == whole.length || ends.contains(offset), "at " + at);
        }
    }

    private byte[] log(NavigableSet<Long> ends) throws IOException {
        Path file = Files.createFile(folder.resolve("log" + System.nanoTime()));
        ends.add(0L);
        try (EventLog log = new EventLog(file, new DeviceSync(folder))) {
            for (String text : new String[] {"{}", "{\"a\":1}", "{\"b\":\"" + "x".repeat(70) + "\"}", "[DONE]"}) {
                RecordBatch batch = new RecordBatch();
                batch.begin(log.position());
                byte[] data = text.getBytes(StandardCharsets.UTF_8);
                batch.add(data, 0, data.length);
                log.append(batch);
                log.publish(batch);
                ends.add(log.position());
            }
        }
        return Files.readAllBytes(file);
    }
}
