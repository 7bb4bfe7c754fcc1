package offload.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import offload.testing.OffloadProcess;
import offload.testing.OffloadProcess.Result;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyCommandIT {
    @TempDir
    Path folder = Path.of("");

    private final Map<String, String> variables = new HashMap<>();

    @BeforeEach
    void configure() {
        variables.put("OFFLOAD_DATA_DIR", folder.resolve("data").toString());
    }

    @Test
    void a_key_is_printed_alone_and_once_and_is_gone_when_revoked() {
        Result made = OffloadProcess.run(variables, "key", "create", "--name", "web", "--quota", "9", "--rate", "5");
        assertEquals(0, made.code(), made.err());
        assertTrue(made.out().strip().matches("\\S{20,}"), made.out());
        Result list = OffloadProcess.run(variables, "key", "list", "--json");
        assertTrue(list.out().contains("\"name\":\"web\"") && list.out().contains("\"quota_per_month\":9"), list.out());
        assertFalse(list.out().contains(made.out().strip()));
        Result usage = OffloadProcess.run(variables, "key", "usage", "web");
        assertTrue(usage.out().contains("REQUESTS") && usage.out().contains(" 0 "), usage.out());
        assertEquals(0, OffloadProcess.run(variables, "key", "revoke", "web").code());
        assertEquals(
                "[]",
                OffloadProcess.run(variables, "key", "list", "--json").out().strip());
        Result again = OffloadProcess.run(variables, "key", "revoke", "web");
        assertEquals(1, again.code());
        assertTrue(again.err().startsWith("offload: There is no such key"), again.err());
    }

    @Test
    void what_a_key_was_used_for_is_told_after_it_was_revoked_too() throws IOException {
        String key =
                OffloadProcess.run(variables, "key", "create", "--name", "web").out();
        Path month = folder.resolve("data/.offload/usage/" + key.substring(0, 12) + "/2026-10");
        Files.writeString(Files.createDirectories(month).resolve("server"), "7\n");
        OffloadProcess.run(variables, "key", "revoke", "web");
        for (String[] which : new String[][] {{"key", "usage"}, {"key", "usage", "web"}}) {
            Result usage = OffloadProcess.run(variables, which);
            assertEquals(0, usage.code(), usage.err());
            assertTrue(usage.out().matches("(?s).*web +2026-10 +7 +revoked\\R"), usage.out());
        }
    }

    @Test
    void a_damaged_file_among_the_keys_is_named_and_the_others_are_listed_and_revoked() throws IOException {
        OffloadProcess.run(variables, "key", "create", "--name", "leaked");
        Path damaged = Files.createFile(folder.resolve("data/.offload/keys/ofl_aaaaaaaa.json"));
        for (String[] command : new String[][] {{"list"}, {"usage"}, {"revoke", "leaked"}}) {
            Result result = OffloadProcess.run(
                    variables,
                    Stream.concat(Stream.of("key"), Stream.of(command)).toArray(String[]::new));
            assertEquals(0, result.code(), result.err());
            assertTrue(result.out().contains("leaked"), result.out());
            assertEquals(
                    "offload: " + damaged + " holds no key and admits nobody: remove it",
                    result.err().strip());
        }
    }

    @Test
    void a_key_that_cannot_be_made_is_a_fault_of_the_command_line() {
        for (String[] bad : new String[][] {{"--quota", "-1"}, {"--rate", "0"}, {"--name", ""}, {"--rate", "x"}}) {
            Result refused = OffloadProcess.run(variables, "key", "create", bad[0], bad[1]);
            assertEquals(2, refused.code(), refused.err());
            assertTrue(refused.err().matches("offload: (The|A key's|Invalid) (?s).*"), refused.err());
            assertEquals("", refused.out());
        }
    }
}
