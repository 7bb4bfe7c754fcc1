package offload.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import offload.testing.OffloadProcess;
import offload.testing.OffloadProcess.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody types who has not read how it is done. */
class CommandLineIT {
    @TempDir
    Path folder = Path.of("");

    @Test
    void a_port_given_as_an_option_is_refused_with_the_way_to_its_variable() {
        Result refused = run("serve", "--port", "9000");
        assertEquals(2, refused.code(), refused.err());
        assertTrue(refused.err().contains("`offload serve --help`"), refused.err());
        Result help = run("serve", "--help");
        assertTrue(help.out().contains("OFFLOAD_PORT=9000"), help.out());
    }

    @Test
    void a_number_that_is_none_is_told_without_the_words_of_a_program() {
        Result rate = run("key", "create", "--rate", "many");
        assertEquals(2, rate.code(), rate.err());
        assertTrue(rate.err().contains("'--rate': 'many' is no whole number up to 2147483647\n"), rate.err());
        Result quota = run("key", "create", "--quota", "9223372036854775808");
        assertTrue(quota.err().contains("is no whole number up to 9223372036854775807\n"), quota.err());
    }

    @Test
    void a_number_far_below_zero_is_not_taken_for_another() {
        // In the 32 bits of a rate it would be 1.
        Result rate = run("key", "create", "--rate=-4294967295");
        assertEquals(2, rate.code(), rate.out());
        assertTrue(rate.err().contains("'-4294967295' is no whole number up to 2147483647\n"), rate.err());
    }

    private Result run(String... arguments) {
        return OffloadProcess.run(
                Map.of("OFFLOAD_DATA_DIR", folder.resolve("data").toString()), arguments);
    }
}
