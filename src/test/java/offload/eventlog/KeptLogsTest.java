package offload.eventlog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import offload.disk.Folders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A log that stays open is the one that its name leads to, and takes nothing for longer than it is read. */
class KeptLogsTest {
    private static final String TEXT = "data: one\nid: 18\n\ndata: [DONE]\nid: 39\n\n";
    private static final String OTHER = TEXT.replace("one", "two");

    @TempDir
    Path folder;

    private final KeptLogs logs = new KeptLogs(true);
    private Path path;

    @BeforeEach
    void write() throws Exception {
        path = Files.writeString(folder.resolve("log.txt"), TEXT);
    }

    @AfterEach
    void nothing_stays_open() throws Exception {
        logs.clear();
        assertEquals(0, descriptors());
    }

    private EventTail reader() throws IOException {
        return reader(path);
    }

    private EventTail reader(Path log) throws IOException {
        EventTail reader = logs.reader(log);
        assertNotNull(reader);
        return reader;
    }

    private String read() throws IOException {
        try (EventTail reader = reader()) {
            return read(reader);
        }
    }

    private static String read(EventTail reader) throws IOException {
        assertTrue(reader.hasEnded());
        byte[] first = new byte[9];
        assertEquals(first.length, reader.read(0, first, Integer.MAX_VALUE));
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        long length = reader.available() - first.length;
        assertEquals(length, reader.transfer(first.length, Long.MAX_VALUE, Channels.newChannel(rest)));
        return new String(first, StandardCharsets.UTF_8) + rest.toString(StandardCharsets.UTF_8);
    }

    /** Of this process, to files of the folder, removed ones as well. */
    private long descriptors() throws IOException {
        long count = 0;
        for (Path descriptor : Folders.list(Path.of("/proc/self/fd"))) {
            String open = descriptor.toFile().getCanonicalPath();
            count += open.startsWith(folder.toRealPath() + "/") ? 1 : 0;
        }
        return count;
    }

    @Test
    void it_is_opened_once_for_all_readers() throws Exception {
        try (EventTail one = reader();
                EventTail other = reader()) {
            assertEquals(1, descriptors());
            assertEquals(TEXT, read(one));
            assertEquals(TEXT, read(other));
        }
        assertEquals(TEXT, read());
        assertEquals(1, descriptors());
    }

    @Test
    void who_closes_twice_takes_it_from_nobody() throws Exception {
        try (EventTail other = reader()) {
            EventTail one = reader();
            one.close();
            one.close();
            logs.clear();
            assertEquals(TEXT, read(other));
        }
    }

    @Test
    void it_is_closed_when_nobody_asked_for_it_between_two_rounds() throws Exception {
        read();
        logs.round();
        assertEquals(1, descriptors());
        read();
        logs.round();
        assertEquals(1, descriptors());
        logs.round();
        assertEquals(0, descriptors());
        assertEquals(TEXT, read());
    }

    @Test
    void who_reads_slowly_reads_to_the_end_of_what_was_removed() throws Exception {
        try (EventTail slow = reader()) {
            logs.round();
            logs.round();
            Files.delete(path);
            assertEquals(TEXT, read(slow));
        }
        assertEquals(0, descriptors());
    }

    @Test
    void one_that_was_removed_is_not_there_for_the_next_reader() throws Exception {
        read();
        Files.delete(path);
        assertThrows(NoSuchFileException.class, this::read);
        Files.createSymbolicLink(path, Files.writeString(folder.resolve("other"), TEXT));
        assertThrows(NoSuchFileException.class, this::read);
    }

    /** As after a repair; of the same length, and with the same time. */
    @Test
    void one_that_was_replaced_is_the_new_one_for_the_next_reader() throws Exception {
        FileTime time = Files.getLastModifiedTime(path);
        try (EventTail before = reader()) {
            Path replaced = Files.writeString(folder.resolve("new"), OTHER);
            Files.setLastModifiedTime(replaced, time);
            Files.move(replaced, path, StandardCopyOption.ATOMIC_MOVE);
            assertEquals(OTHER, read());
            assertEquals(TEXT, read(before));
        }
        assertEquals(1, descriptors());
    }

    @ParameterizedTest
    @CsvSource({"true,0", "false,1", "true,1"})
    void one_that_was_changed_in_its_place_is_opened_anew(boolean longer, int seconds) throws Exception {
        read();
        FileTime time = Files.getLastModifiedTime(path);
        String changed = longer ? TEXT + TEXT : OTHER;
        Files.writeString(path, changed);
        Files.setLastModifiedTime(path, FileTime.from(time.toInstant().plusSeconds(seconds)));
        assertEquals(changed, read());
        assertEquals(1, descriptors());
    }

    @Test
    void an_interrupted_reader_spoils_it_for_no_later_one() throws Exception {
        FutureTask<String> interrupted = new FutureTask<>(() -> {
            try (EventTail reader = reader()) {
                Thread.currentThread().interrupt();
                return assertThrows(ClosedByInterruptException.class, () -> read(reader))
                        .toString();
            }
        });
        Thread.startVirtualThread(interrupted);
        interrupted.get();
        assertEquals(TEXT, read());
        assertEquals(TEXT, read());
        assertEquals(1, descriptors());
    }

    @Test
    void so_many_stay_open_and_no_more() throws Exception {
        List<Path> many = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            many.add(Files.writeString(folder.resolve("log" + i), TEXT));
        }
        for (Path one : many) {
            try (EventTail reader = reader(one)) {
                assertEquals(TEXT, read(reader));
            }
        }
        assertTrue(descriptors() > 16 && descriptors() <= 32, "open: " + descriptors());
    }

    @Test
    void a_reader_that_has_a_part_goes_on_at_the_end_of_a_record() throws Exception {
        try (EventTail reader = reader()) {
            assertEquals(0, reader.goodCursor(0));
            assertEquals(0, reader.goodCursor(17));
            assertEquals(18, reader.goodCursor(18));
            assertEquals(18, reader.goodCursor(38));
            assertEquals(39, reader.goodCursor(1_000));
        }
    }

    /** The names of what another machine may replace are remembered here for a while. */
    @Test
    void nothing_is_kept_of_a_folder_that_others_may_have_too() throws Exception {
        assertNull(new KeptLogs(false).reader(path));
        assertNull(new KeptLogs(Path.of("/proc")).reader(path));
    }
}
