package offload.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import offload.status.TurnTimes;
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

    private static TurnTimes timesOf(Path marker) throws Exception {
        TurnPath path = TurnPath.parse("pub/2026/03/01/23/59/58/a").orElseThrow();
        return LeftStatus.parts(path, Files.readAllBytes(marker), marker).times();
    }
}
