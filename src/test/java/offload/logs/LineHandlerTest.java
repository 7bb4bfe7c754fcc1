package offload.logs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LineHandlerTest {
    private static final int EVENTS = 3 * LineWriter.MOST;

    private final PipedInputStream pipe = new PipedInputStream();
    private final LineHandler handler;

    LineHandlerTest() throws IOException {
        LineWriter writer = new LineWriter(new PrintStream(new PipedOutputStream(pipe), true, StandardCharsets.UTF_8));
        handler = new LineHandler(writer, new LineFormatter(LogSettings.Format.TEXT));
    }

    @Test
    void nobody_waits_for_who_does_not_read_the_log_and_later_it_says_how_many_lines_are_missing() throws IOException {
        for (int i = 0; i < EVENTS; i++) {
            handler.publish(new LogRecord(Level.INFO, "event " + i + " of many"));
        }
        BufferedReader lines = new BufferedReader(new InputStreamReader(pipe, StandardCharsets.UTF_8));
        // Those that wait, and the few that the pipe holds.
        int kept = 0;
        for (; kept < LineWriter.MOST; kept++) {
            assertTrue(lines.readLine().endsWith("info event " + kept + " of many"));
        }
        handler.publish(new LogRecord(Level.INFO, "event after it"));
        String line = lines.readLine();
        for (; line.endsWith("info event " + kept + " of many"); kept++) {
            line = lines.readLine();
        }
        assertTrue(line.contains(" warning " + (EVENTS - kept) + " lines were left out here"), line);
        assertTrue(lines.readLine().endsWith("info event after it"));
    }

    @Test
    void what_was_logged_is_written_before_the_end_of_the_process() throws IOException {
        handler.publish(new LogRecord(Level.INFO, "the last word"));
        handler.close();
        String written = new String(pipe.readNBytes(pipe.available()), StandardCharsets.UTF_8);
        assertTrue(written.endsWith(" info the last word\n"), written);
    }

    /** Those of eight bits do to some terminals what those that begin with ESC do to all. */
    @ParameterizedTest
    @EnumSource(LogSettings.Format.class)
    void no_control_character_is_in_a_line_but_the_one_at_its_end(LogSettings.Format format) {
        LogRecord event = new LogRecord(Level.INFO, "a\u001b[31m\u007f\u009b31mred\u009d0;title\u009c\u0085b");
        String line = new LineFormatter(format).format(event);
        assertTrue(line.contains("title") && line.endsWith("\n"), line);
        assertEquals(1, line.chars().filter(Character::isISOControl).count(), line);
    }
}
