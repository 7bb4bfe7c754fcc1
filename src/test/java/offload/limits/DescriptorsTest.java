package offload.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many descriptors there may be, and for whom the last ones are. */
class DescriptorsTest {
    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource({"1024, 1024", "unlimited, 2147483647", "what, 2147483647"})
    void the_limit_is_the_one_in_force(String soft, int most) throws Exception {
        Path limits = Files.writeString(
                folder.resolve("limits"),
                "Limit                     Soft Limit           Hard Limit           Units     \n"
                        + "Max processes             96365                96365                processes \n"
                        + "Max open files            " + soft + "                 524288               files     \n");
        assertEquals(most, Descriptors.limit(limits));
    }

    @Test
    void a_system_that_does_not_tell_has_none() {
        assertEquals(Integer.MAX_VALUE, Descriptors.limit(folder.resolve("none")));
    }

    @Test
    void this_process_has_one() {
        long most = Descriptors.limit(Path.of("/proc/self/limits"));
        assertTrue(most > 100 && most < Integer.MAX_VALUE);
    }

    @ParameterizedTest
    @CsvSource({"12, true", "128, true", "191, true", "192, false", "511, false"})
    void few_are_told_and_too_few_are_no_server(int most, boolean tooFew) {
        Descriptors descriptors = new Descriptors(most);
        assertEquals(tooFew, descriptors.areTooFew());
        assertTrue(descriptors.shortage().orElseThrow().contains("may have " + most + " files"));
    }

    @Test
    void nothing_is_said_of_enough() {
        assertEquals(Optional.empty(), new Descriptors(512).shortage());
    }

    @Test
    void where_there_are_many_a_twentieth_is_for_what_is_open_for_a_moment() {
        Descriptors descriptors = new Descriptors(10_000);
        descriptors.connections(9_500);
        assertTrue(descriptors.haveRoomForTurn());
        descriptors.connections(9_501);
        assertFalse(descriptors.haveRoomForTurn());
    }

    @Test
    void connections_leave_some_for_turns_and_turns_for_what_is_open_for_a_moment() {
        Descriptors descriptors = new Descriptors(200);
        descriptors.connections(54);
        assertTrue(descriptors.haveRoomForConnection());
        descriptors.connections(55);
        assertFalse(descriptors.haveRoomForConnection());
        descriptors.take(49);
        assertTrue(descriptors.haveRoomForTurn());
        descriptors.take(1);
        assertFalse(descriptors.haveRoomForTurn());
        descriptors.give(1);
        assertTrue(descriptors.haveRoomForTurn());
    }
}
