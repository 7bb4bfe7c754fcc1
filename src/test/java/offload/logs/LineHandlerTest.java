package offload.logs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
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

    @ParameterizedTest
    @EnumSource(LogSettings.Format.class)
    void what_was_thrown_is_in_the_same_line(LogSettings.Format format) {
        LogRecord event = new LogRecord(Level.SEVERE, "it failed");
        event.setThrown(new IllegalStateException("first\nsecond"));
        String line = new LineFormatter(format).format(event);
        assertTrue(line.contains("IllegalStateException: first") && line.contains("LineHandlerTest"), line);
        assertEquals(line.length() - 1, line.indexOf('\n'), line);
    }

    /** Half a character is none in UTF-8, and to some readers a separator of lines ends one. */
    @Test
    void a_line_of_json_is_one_whatever_is_in_the_message() {
        String message = "half \ud83d, whole \ud83d\ude00, lines\u2028of\u2029all \"kinds\"\t\\";
        String line = new LineFormatter(LogSettings.Format.JSON).format(new LogRecord(Level.INFO, message));
        assertFalse(line.contains("\u2028") || line.contains("\u2029"), line);
        assertEquals(line, new String(line.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
        try (JsonReader reader = Json.createReader(new StringReader(line))) {
            assertEquals(message, reader.readObject().getString("message"));
        }
    }
}
