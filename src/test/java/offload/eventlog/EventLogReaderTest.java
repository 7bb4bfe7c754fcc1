package offload.eventlog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventLogReaderTest {
    @TempDir
    Path folder;

    @Test
    void what_is_read_is_what_lies_there_in_whatever_order() throws Exception {
        try (WrittenLog written = WrittenLog.in(folder);
                EventLogReader reader = new EventLogReader(written.log().file())) {
            written.publish("one");
            written.publish("two");
            String file = written.file();
            assertEquals(file.substring(0, 10), read(reader, 0));
            assertEquals(file.substring(0, 10), read(reader, 0));
            for (int offset : new int[] {0, 0, 10, 20, 10, file.length() - 3, 0, 5}) {
                assertEquals(file.substring(offset, Math.min(offset + 10, file.length())), read(reader, offset));
                assertEquals(18, reader.recordEndAtOrBelow(30));
            }
        }
    }

    /** As of a log that somebody has cut. */
    @Test
    void behind_the_end_of_the_file_the_nearest_end_of_a_record_is_its_last() throws Exception {
        try (WrittenLog written = WrittenLog.in(folder);
                EventLogReader reader = new EventLogReader(written.log().file())) {
            written.publish("x".repeat(40_000));
            long end = written.file().length();
            assertEquals(end, reader.recordEndAtOrBelow(Long.MAX_VALUE));
            assertEquals(0, reader.recordEndAtOrBelow(end - 1));
        }
    }

    /** It is read piece by piece: the two line feeds at an end may lie in two of them. */
    @Test
    void the_end_of_a_record_is_found_wherever_the_pieces_meet_that_are_read() throws Exception {
        try (WrittenLog written = WrittenLog.in(folder);
                EventLogReader reader = new EventLogReader(written.log().file())) {
            written.publish("one");
            long end = written.file().length();
            written.publish("x".repeat(40_000));
            for (long behind = 16 * 1024 - 3; behind < 16 * 1024 + 3; behind++) {
                assertEquals(end, reader.recordEndAtOrBelow(end + behind));
            }
        }
    }

    private static String read(EventLogReader reader, long offset) throws IOException {
        byte[] into = new byte[10];
        return new String(into, 0, reader.read(offset, into, into.length), StandardCharsets.UTF_8);
    }
}
