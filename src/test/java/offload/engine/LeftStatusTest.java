package offload.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import offload.status.TurnTimes;
import offload.testing.Unknown;
import offload.turn.TurnPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftStatusTest {
    @TempDir
    Path folder;

    /** A status has no more than the second, and what is counted from its start was up to a second too long. */
    @Test
    void a_left_turn_began_when_its_marker_was_made_if_its_status_says_the_same_second() throws Exception {
        Path marker = folder.resolve("marker");
        String status =
                "{\"endpoints\":{\"status_url\":\"a.json\"},\"request\":{\"request_at\":%d,\"first_byte_time\":0.250}}";
        Files.writeString(marker, status.formatted(1772409598L));
        for (long millis : new long[] {1772409598000L, 1772409598999L}) {
            Files.setLastModifiedTime(marker, FileTime.fromMillis(millis));
            assertEquals(new TurnTimes(millis, millis + 250, null, null), timesOf(marker));
        }
        for (long millis : new long[] {0, 1772409597999L, 1772409599000L}) {
            Files.setLastModifiedTime(marker, FileTime.fromMillis(millis));
            assertEquals(new TurnTimes(1772409598000L, 1772409598250L, null, null), timesOf(marker));
        }
    }

    @Test
    void what_a_status_tells_counts_before_what_its_marker_does() throws Exception {
        TurnPath path = TurnPath.parse("pub/2026/03/01/23/59/58/a").orElseThrow();
        String began = "{\"endpoints\":{\"status_url\":\"a.json\"},\"request\":{\"request_at\":1772409598%s}}";
        Path marker = Files.writeString(folder.resolve("marker"), began.formatted(""));
        Files.setLastModifiedTime(marker, FileTime.fromMillis(0));
        byte[] status = began.formatted(",\"first_byte_time\":0.250").getBytes(StandardCharsets.UTF_8);
        assertEquals(
                1772409598250L, LeftStatus.parts(path, status, marker).times().firstByteAt());
    }

    @Test
    void where_a_status_is_damaged_its_marker_counts_and_else_what_the_path_tells() throws Exception {
        TurnPath path = TurnPath.parse("pub/2026/03/01/23/59/58/a").orElseThrow();
        Path marker = folder.resolve("marker");
        byte[] torn = "{\"endpoints\":{\"status_url\":\"a.js".getBytes(StandardCharsets.UTF_8);
        for (String first : List.of("", "{\"endp", "{}")) {
            Files.writeString(marker, first);
            assertEquals(
                    path.second(),
                    LeftStatus.parts(path, torn, marker).document().createdAt());
        }
        Files.writeString(
                marker,
                "{\"created_at\":5,\"conversation_id\":\"mine\",\"endpoints\":{\"status_url\":\"a.json\"},\"request\":{}}");
        assertEquals("mine", LeftStatus.parts(path, torn, marker).document().conversationId());
    }

    /** A marker alone would bring back what was deleted, or what was never answered. */
    @Test
    void a_status_comes_back_from_its_marker_only_where_its_log_is_there() throws Exception {
        Path marker = Files.writeString(folder.resolve("marker"), "{\"the\":\"first status\"}");
        Path status = folder.resolve("a.json");
        Path log = folder.resolve("a.txt");
        assertNull(LeftStatus.restore(marker, status, log));
        assertFalse(Files.exists(status));
        Files.createFile(log);
        assertArrayEquals(Files.readAllBytes(marker), LeftStatus.restore(marker, status, log));
        assertArrayEquals(Files.readAllBytes(marker), Files.readAllBytes(status));
    }

    /** To say that there is no turn would have its marker removed, and nobody would end it any more. */
    @Test
    void where_nobody_can_tell_whether_the_log_is_there_the_turn_is_not_given_up() throws Exception {
        Path marker = Files.writeString(folder.resolve("marker"), "{\"the\":\"first status\"}");
        Path log = Unknown.at(folder.resolve("a.txt"));
        assertThrows(IOException.class, () -> LeftStatus.restore(marker, folder.resolve("a.json"), log));
    }

    /** After a power cut a file may have its name and nothing in it. */
    @Test
    void an_empty_marker_takes_no_status_its_place() throws Exception {
        Path status = folder.resolve("a.json");
        Path log = Files.createFile(folder.resolve("a.txt"));
        assertNull(LeftStatus.restore(Files.createFile(folder.resolve("marker")), status, log));
        assertNull(LeftStatus.restore(folder.resolve("gone"), status, log));
        assertFalse(Files.exists(status));
    }

    private static TurnTimes timesOf(Path marker) throws Exception {
        TurnPath path = TurnPath.parse("pub/2026/03/01/23/59/58/a").orElseThrow();
        return LeftStatus.parts(path, Files.readAllBytes(marker), marker).times();
    }
}
