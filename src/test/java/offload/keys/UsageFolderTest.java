package offload.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsageFolderTest {
    @TempDir
    private Path data;

    @Test
    void what_is_no_month_or_no_file_of_a_server_counts_for_nobody_and_hides_no_other() throws Exception {
        UsageFolder usage = new UsageFolder(data.resolve("keys"));
        YearMonth month = YearMonth.of(2026, 11);
        usage.write("ofl_a", month, "b", 5);
        Files.createDirectories(data.resolve("usage/ofl_a/2026-11/copy"));
        Files.createDirectories(data.resolve("usage/ofl_a/2026-11 (1)"));
        Files.createDirectories(data.resolve("usage/ofl_a/2026-13"));
        Files.writeString(data.resolve("usage/ofl_a/2026-10"), "6\n");
        Files.writeString(data.resolve("usage/ofl_a/notes"), "7\n");
        assertEquals(Map.of(month, 5L), usage.months("ofl_a"));
        assertEquals(5, usage.others("ofl_a", month, "a"));
    }
}
