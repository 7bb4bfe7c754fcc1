package offload.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import offload.files.DataFolder;
import offload.testing.Unknown;
import offload.turn.Access;
import offload.turn.ApiError;
import offload.turn.TurnPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is done for who asks for a turn that is not final; that it gets its end then is in {@code faults/VerificationIT}. */
class OrphansTest {
    private static final String RUNNING = "{\"status\":\"streaming\",\"endpoints\":{\"status_url\":\"t.json\"}}";

    private static final int ALL = 1 << 20;

    @TempDir
    Path folder;

    private final DocumentMemory memory = new DocumentMemory(ALL, Duration.ZERO);

    private final TurnPath path = new TurnPath(Access.PUBLIC, 1_700_000_000, "t");

    @Test
    void what_nobody_has_is_left_for_any_server_to_claim() throws Exception {
        DataFolder data = turn(RUNNING, 120);
        asked(data);
        assertTrue(isLeft(data));
        assertTrue(Files.exists(data.nodes().resolve("left/lock")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a/active/%s", "a/active/%s.claiming", "a/claims/b/active/%s", "a/claims/b/claims/c/active/%s"})
    void what_a_server_has_is_its_own(String marker) throws Exception {
        DataFolder data = turn(RUNNING, 120);
        Path file = data.nodes().resolve(marker.formatted(path.marker()));
        Files.createDirectories(file.getParent());
        Files.createFile(file);
        asked(data);
        assertFalse(isLeft(data));
        assertTrue(TurnOwners.has(data, path));
    }

    /** Else its turn would be ended while it runs there. */
    @Test
    void where_nobody_can_tell_whether_a_server_has_it_nobody_says_that_none_has() throws Exception {
        DataFolder data = turn(RUNNING, 120);
        Unknown.at(Files.createDirectories(data.nodes().resolve("a/active")).resolve(path.marker()));
        assertThrows(IOException.class, () -> TurnOwners.has(data, path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"status\":\"done\"}", "{\"status\":\"stream", ""})
    void what_is_final_or_damaged_is_left_alone(String status) throws Exception {
        DataFolder data = turn(status, 120);
        asked(data);
        assertFalse(isLeft(data));
    }

    /** A copy may be brought up to date once more, and a server that is not seen may still append. */
    @ParameterizedTest
    @CsvSource({"0, 120", "40, 120", "120, 0", "120, 40"})
    void what_was_written_within_a_minute_is_judged_later(int status, int log) throws Exception {
        DataFolder data = turn(RUNNING, status);
        age(Files.createFile(data.files(path).events()), log);
        Orphans orphans = asked(data);
        assertFalse(isLeft(data));
        age(data.files(path).status(), 120);
        age(data.files(path).events(), 120);
        orphans.round();
        assertTrue(isLeft(data));
    }

    /** Else it would run for as long as the clock that wrote it was ahead. */
    @Test
    void what_was_written_by_a_clock_that_was_ahead_is_left_all_the_same() throws Exception {
        DataFolder data = turn(RUNNING, -3_600);
        asked(data);
        assertTrue(isLeft(data));
    }

    @Test
    void several_are_left_in_one_folder() throws Exception {
        DataFolder data = turn(RUNNING, 120);
        TurnPath second = path.numbered(2);
        Orphans orphans = new Orphans(data, memory);
        for (TurnPath one : List.of(path, second)) {
            age(Files.writeString(data.files(one).status(), RUNNING), 120);
            orphans.asked(one);
            orphans.round();
        }
        assertEquals(Set.of(path.marker(), second.marker()), TurnOwners.markers(data));
    }

    /** Taken apart it takes ten times its bytes: in a small heap a large one would end the server. */
    @Test
    void what_there_is_no_memory_for_is_judged_later() throws Exception {
        DataFolder data = turn(RUNNING + " ".repeat(64 * 1024), 120);
        DocumentMemory.Hold others = memory.hold(ALL, ApiError.TOO_MANY_TURNS);
        Orphans orphans = asked(data);
        assertFalse(isLeft(data));
        others.close();
        orphans.round();
        assertTrue(isLeft(data));
    }

    @Test
    void one_look_tells_the_turns_of_all_servers_and_of_all_that_they_claimed() throws Exception {
        DataFolder data = new DataFolder(folder);
        for (String marker :
                List.of("a/active/1", "b/active/2", "b/claims/c/active/3", "b/claims/c/claims/d/active/4")) {
            Path file = data.nodes().resolve(marker);
            Files.createDirectories(file.getParent());
            Files.createFile(file);
        }
        assertEquals(Set.of("1", "2", "3", "4"), TurnOwners.markers(data));
    }

    private Orphans asked(DataFolder data) throws IOException {
        Orphans orphans = new Orphans(data, memory);
        orphans.asked(path);
        orphans.round();
        return orphans;
    }

    private DataFolder turn(String status, int age) throws Exception {
        DataFolder data = new DataFolder(folder);
        data.makeFolder(path);
        age(Files.writeString(data.files(path).status(), status), age);
        return data;
    }

    private static void age(Path file, int seconds) throws Exception {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(seconds)));
    }

    private boolean isLeft(DataFolder data) {
        return Files.exists(data.nodes().resolve("left/active").resolve(path.marker()));
    }
}
