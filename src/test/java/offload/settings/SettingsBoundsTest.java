package offload.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsBoundsTest {
    @TempDir
    Path folder = Path.of("");

    private SettingsReader with(String value) throws IOException {
        Path file = Files.writeString(folder.resolve("settings.yaml"), "");
        return new SettingsReader(SettingsFile.read(file.toString(), "offload"), Map.of("OFFLOAD_A", value)::get);
    }

    @Test
    void a_number_may_be_its_least_and_its_most_and_nothing_beyond() throws IOException {
        for (long good : new long[] {2, 5, 9}) {
            SettingsReader reader = with(Long.toString(good));
            assertEquals(good, reader.number("a", 3, 2, 9));
            assertEquals(List.of(), reader.faults());
        }
        for (String bad : List.of("1", "10", "-2", "2.0", "two")) {
            SettingsReader reader = with(bad);
            assertEquals(3, reader.number("a", 3, 2, 9));
            assertEquals(List.of("a is \"" + bad + "\": it must be a whole number from 2 to 9"), reader.faults());
        }
    }

    @Test
    void a_time_may_be_its_least_and_its_most_and_nothing_beyond() throws IOException {
        Duration least = Duration.ofMillis(20);
        Duration most = Duration.ofMinutes(2);
        for (Duration good : List.of(least, Duration.ofSeconds(7), most)) {
            SettingsReader reader = with(good.toMillis() + " ms");
            assertEquals(good, reader.duration("a", "1 s", least, most));
            assertEquals(List.of(), reader.faults());
        }
        for (String bad : List.of("19 ms", "120001 ms", "1 week", "-1")) {
            SettingsReader reader = with(bad);
            assertEquals(Duration.ofSeconds(1), reader.duration("a", "1 s", least, most));
            String fault = "a is \"" + bad + "\": it must be a time from 20 ms to 120 s, such as 90, \"90 s\", \"5 m\"";
            assertEquals(List.of(fault), reader.faults());
        }
    }

    @Test
    void a_size_may_be_its_least_and_its_most_and_nothing_beyond() throws IOException {
        for (long good : new long[] {1024, 5000, 4096 * 1024}) {
            SettingsReader reader = with(Long.toString(good));
            assertEquals(good, reader.size("a", "2 KiB", 1024, 4096 * 1024));
            assertEquals(List.of(), reader.faults());
        }
        for (String bad : List.of("1023", "4194305", "1 PiB", "many")) {
            SettingsReader reader = with(bad);
            assertEquals(2048, reader.size("a", "2 KiB", 1024, 4096 * 1024));
            assertEquals(1, reader.faults().size(), bad);
        }
    }

    @Test
    void a_flag_and_a_word_are_taken_in_any_case_and_no_other_word_is() throws IOException {
        assertTrue(with("TRUE").flag("a", false));
        assertFalse(with("false").flag("a", true));
        assertEquals("final", with("Final").choice("a", "never", List.of("never", "final")));
        for (String bad : List.of("yes", "1", "tru")) {
            SettingsReader reader = with(bad);
            assertTrue(reader.flag("a", true));
            assertEquals(List.of("a is \"" + bad + "\": it must be one of true, false"), reader.faults());
        }
    }
}
