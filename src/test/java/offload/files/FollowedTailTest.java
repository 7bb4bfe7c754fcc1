package offload.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.FutureTask;
import offload.disk.DeviceSync;
import offload.disk.Folders;
import offload.eventlog.EventLog;
import offload.eventlog.RecordBatch;
import offload.json.JsonSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FollowedTailTest {
    @TempDir
    Path folder;

    @Test
    void the_terminal_record_is_not_available_before_the_status_is_final() throws Exception {
        TurnFiles files = new TurnFiles(folder, "t");
        Files.writeString(files.status(), "{\"status\":\"streaming\",\"state\":\"in_progress\"}          ");
        Files.createFile(files.events());
        try (EventLog log = new EventLog(files.events(), new DeviceSync(folder));
                FollowedTail tail = new FollowedTail(files)) {
            append(log, "{\"a\":1}");
            String asLongAsTheLast = "{\"\":1}";
            append(log, asLongAsTheLast);
            long answer = log.position();
            assertFalse(tail.hasEnded());
            assertEquals(answer, tail.available());
            append(log, "[DONE]");
            assertFalse(tail.hasEnded());
            assertEquals(answer, tail.available());
            Files.writeString(files.status(), "{\"status\":\"done\",\"state\":\"completed\"}            ");
            assertTrue(tail.hasEnded());
            assertEquals(log.position(), tail.available());
        }
    }

    @Test
    void a_log_whose_status_is_final_has_not_ended_before_its_end_is_in_sight() throws Exception {
        TurnFiles files = new TurnFiles(folder, "t");
        Files.writeString(files.status(), "{\"status\":\"done\",\"state\":\"completed\"}            ");
        Files.createFile(files.events());
        try (EventLog log = new EventLog(files.events(), new DeviceSync(folder));
                FollowedTail tail = new FollowedTail(files)) {
            append(log, "{\"a\":1}");
            assertFalse(tail.hasEnded());
            assertFalse(tail.wasFinal());
            assertEquals(log.position(), tail.available());
            append(log, "[DONE]");
            assertTrue(tail.hasEnded());
            assertEquals(log.position(), tail.available());
        }
    }

    /** Who sees a turn through that a dead server left writes its log anew, under the old name. */
    @Test
    void a_log_that_another_took_the_place_of_is_followed_to_the_end_of_that() throws Exception {
        TurnFiles files = new TurnFiles(folder, "t");
        Files.writeString(files.status(), "{\"status\":\"streaming\",\"state\":\"in_progress\"}          ");
        Files.createFile(files.events());
        Path anew = Files.createFile(folder.resolve("anew"));
        try (EventLog left = new EventLog(files.events(), new DeviceSync(folder));
                EventLog whole = new EventLog(anew, new DeviceSync(folder))) {
            append(left, "{\"a\":1}");
            append(whole, "{\"a\":1}");
            try (FollowedTail tail = new FollowedTail(files)) {
                assertFalse(tail.hasEnded());
                append(whole, "[DONE]");
                Files.move(anew, files.events(), StandardCopyOption.ATOMIC_MOVE);
                Files.writeString(files.status(), "{\"status\":\"error\",\"state\":\"failed\"}            ");
                assertTrue(tail.hasEnded());
                assertEquals(whole.position(), tail.available());
            }
        }
    }

    @Test
    void a_log_without_an_end_has_ended_where_the_status_has_been_final_for_long_or_is_gone() throws Exception {
        TurnFiles files = new TurnFiles(folder, "t");
        Files.writeString(files.status(), "{\"status\":\"done\",\"state\":\"completed\"}            ");
        Files.createFile(files.events());
        try (FollowedTail tail = new FollowedTail(files);
                FollowedTail other = new FollowedTail(files)) {
            assertFalse(tail.hasEnded());
            Files.setLastModifiedTime(
                    files.status(), FileTime.from(Instant.now().minusSeconds(120)));
            assertTrue(tail.hasEnded());
            Files.delete(files.status());
            assertTrue(other.hasEnded());
        }
    }

    @Test
    void of_a_damaged_log_that_has_ended_whole_records_are_available_and_a_cursor_behind_them_is_at_its_end()
            throws Exception {
        TurnFiles files = new TurnFiles(folder, "t");
        Files.writeString(files.status(), "{\"status\":\"done\",\"state\":\"completed\"}            ");
        Files.setLastModifiedTime(files.status(), FileTime.from(Instant.now().minusSeconds(120)));
        String record = "data: {}\nid: 16\n\n";
        for (String damage : new String[] {"", "data: {\"half", "data: [DONE]\nid: 3"}) {
            Files.writeString(files.events(), record + damage);
            try (FollowedTail tail = new FollowedTail(files)) {
                assertTrue(tail.hasEnded());
                assertFalse(tail.wasFinal());
                assertEquals(record.length(), tail.available());
                assertEquals(record.length(), tail.goodCursor(record.length()));
            }
        }
    }

    @Test
    void half_a_record_is_not_available() throws Exception {
        TurnFiles files = new TurnFiles(folder, "t");
        Files.writeString(files.status(), "{\"status\":\"streaming\",\"state\":\"in_progress\"}          ");
        byte[] record = "data: {}\nid: 16\n\n".getBytes(StandardCharsets.US_ASCII);
        for (int length = 0; length <= record.length; length++) {
            Files.write(files.events(), Arrays.copyOf(record, length));
            try (FollowedTail tail = new FollowedTail(files)) {
                assertEquals(length == record.length ? length : 0, tail.available());
            }
        }
    }

    @Test
    void a_status_is_never_seen_half_and_not_replaced_once_the_draft_is_gone() throws Exception {
        Path target = folder.resolve("s.json");
        String[] texts = {"a".repeat(100_000), "b".repeat(50)};
        Files.writeString(target, texts[0]);
        FutureTask<?> writing = new FutureTask<>(() -> {
            for (int i = 0; i < 300; i++) {
                replace(target, texts[i % 2]);
            }
            return null;
        });
        Thread.ofPlatform().start(writing);
        while (!writing.isDone()) {
            String seen = Files.readString(target);
            assertTrue(seen.equals(texts[0]) || seen.equals(texts[1]), "half a status: " + seen.length());
        }
        writing.get();
        Path gone = folder.resolve("gone/draft");
        assertThrows(IOException.class, () -> WholeFile.replace(gone, target, JsonSource.of("{}"), null));
        assertThrows(NoSuchFileException.class, () -> Files.size(gone));
    }

    /** Else each reader whom a failing device refuses takes one away for ever, until there is none left for a turn. */
    @Test
    void a_reader_of_a_log_that_cannot_be_read_keeps_no_descriptor() throws Exception {
        TurnFiles files = new TurnFiles(folder, "t");
        Files.writeString(files.status(), "{\"status\":\"done\",\"state\":\"completed\"}            ");
        String log = Files.createFile(files.events()).toString();
        // It can be opened and not be read, as where a block is bad.
        String unreadable = "/sys/devices/software/power/autosuspend_delay_ms";
        assumeTrue(run("mount", "--bind", unreadable, log) == 0, "nothing can be mounted: that needs root");
        try {
            assertThrows(IOException.class, () -> new FollowedTail(files));
            assertEquals(0, run("umount", log), "it is open");
        } finally {
            run("umount", "-l", log);
        }
    }

    /** It is opened again each time, as it may be another file by then. */
    @Test
    void a_log_whose_end_is_waited_for_is_open_once_however_often_it_is_looked_at() throws Exception {
        TurnFiles files = new TurnFiles(folder, "t");
        Files.writeString(files.status(), "{\"status\":\"done\",\"state\":\"completed\"}            ");
        Files.createFile(files.events());
        try (FollowedTail tail = new FollowedTail(files)) {
            for (int look = 0; look < 10; look++) {
                assertFalse(tail.hasEnded());
            }
            assertEquals(1, descriptorsOf(files.events()));
        }
        assertEquals(0, descriptorsOf(files.events()));
    }

    private void replace(Path target, String text) {
        try {
            WholeFile.replace(folder.resolve("draft"), target, JsonSource.of(text), null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void append(EventLog log, String text) throws IOException {
        RecordBatch batch = new RecordBatch();
        batch.begin(log.position());
        byte[] data = text.getBytes(StandardCharsets.UTF_8);
        batch.add(data, 0, data.length);
        log.append(batch);
        log.publish(batch);
    }

    private static long descriptorsOf(Path file) throws IOException {
        long count = 0;
        for (Path descriptor : Folders.list(Path.of("/proc/self/fd"))) {
            Path open = descriptor.toFile().getCanonicalFile().toPath();
            count += open.equals(file.toRealPath()) ? 1 : 0;
        }
        return count;
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).start().waitFor();
    }
}
