package offload.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsReaderTest {
    @TempDir
    Path folder = Path.of("");

    private SettingsReader reader(String yaml, Map<String, String> variables) throws IOException {
        Path file = Files.writeString(folder.resolve("settings.yaml"), yaml);
        return new SettingsReader(SettingsFile.read(file.toString(), "offload"), variables::get);
    }

    @Test
    void a_variable_is_before_the_file_and_the_file_before_the_default() throws IOException {
        SettingsReader reader = reader("offload:\n  a: file\n  b: file\n", Map.of("OFFLOAD_A", "variable"));
        assertEquals("variable", reader.text("a", "default"));
        assertEquals("file", reader.text("b", "default"));
        assertEquals("default", reader.text("c", "default"));
        assertEquals(
                List.of("OFFLOAD_A", folder.resolve("settings.yaml").toString(), "default"),
                reader.settings().stream().map(Setting::source).toList());
    }

    @Test
    void an_address_of_ipv6_may_stand_in_brackets() throws IOException {
        SettingsReader reader = reader("offload:\n  b: \"[::1]\"\n", Map.of("OFFLOAD_A", "[::]"));
        assertEquals("::", reader.host("a", "127.0.0.1"));
        assertEquals("::1", reader.host("b", "127.0.0.1"));
        assertEquals("127.0.0.1", reader.host("c", "127.0.0.1"));
    }

    @Test
    void a_secret_may_stand_in_a_file_of_its_own_and_is_never_shown() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "  hush \n");
        SettingsReader reader = reader("", Map.of("OFFLOAD_KEY_FILE", secret.toString()));
        assertEquals("hush", reader.secret("key"));
        assertEquals(
                "[key=(set, not shown) (OFFLOAD_KEY_FILE)]", reader.settings().toString());
        assertEquals(List.of(), reader.faults());
    }

    @Test
    void an_empty_value_is_as_if_it_were_not_there_and_blanks_around_one_are_no_part_of_it() throws IOException {
        SettingsReader reader = reader(
                "offload:\n  a: file\n  b: \"\"\n  c: \" file \"\n",
                Map.of("OFFLOAD_A", " ", "OFFLOAD_B", "", "OFFLOAD_D", " variable\n"));
        assertEquals("file", reader.text("a", "default"));
        assertEquals("default", reader.text("b", "default"));
        assertEquals("file", reader.text("c", "default"));
        assertEquals("variable", reader.text("d", "default"));
    }

    @Test
    void a_list_in_a_variable_is_before_one_in_the_file() throws IOException {
        SettingsReader reader = reader("offload:\n  a: [x, y]\n", Map.of("OFFLOAD_A", "z"));
        assertEquals(List.of("z"), reader.list("a", ""));
    }

    @Test
    void a_secret_in_the_file_or_a_variable_is_never_shown_and_of_none_that_is_said() throws IOException {
        SettingsReader reader = reader("offload:\n  a: ${offload.d}\n  d: x\n", Map.of("OFFLOAD_B", "psst"));
        assertEquals("${offload.d}", reader.secret("a"));
        assertEquals("psst", reader.secret("b"));
        assertEquals("", reader.secret("c"));
        assertEquals(
                List.of("(set, not shown)", "(set, not shown)", ""),
                reader.settings().stream().map(Setting::shown).toList());
    }

    @Test
    void a_file_of_a_secret_that_is_missing_or_set_twice_is_a_fault() throws IOException {
        Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xFF});
        Path empty = Files.writeString(folder.resolve("empty"), " \n");
        Path large = Files.writeString(folder.resolve("large"), "x".repeat(64 * 1024 + 1));
        Map<String, String> reasons = Map.of(
                "/nowhere/key",
                "there is no such file",
                binary.toString(),
                "it is not in UTF-8",
                empty.toString(),
                "it is empty",
                large.toString(),
                "it is larger than 65536 bytes",
                "/",
                "Is a directory");
        for (Map.Entry<String, String> file : reasons.entrySet()) {
            SettingsReader unusable = reader("", Map.of("OFFLOAD_KEY_FILE", file.getKey()));
            unusable.secret("key");
            String said = "key: OFFLOAD_KEY_FILE names \"" + file.getKey() + "\", which cannot be used: ";
            assertEquals(List.of(said + file.getValue()), unusable.faults());
        }
        Path secret = Files.writeString(folder.resolve("secret"), "hush");
        SettingsReader twice = reader("", Map.of("OFFLOAD_KEY_FILE", secret.toString(), "OFFLOAD_KEY", "psst"));
        twice.secret("key");
        assertTrue(twice.faults().getFirst().contains("both OFFLOAD_KEY and OFFLOAD_KEY_FILE"), "" + twice.faults());
    }

    @Test
    void a_name_and_password_in_a_url_are_a_fault_that_tells_neither_and_are_never_shown() throws IOException {
        for (String bad : List.of("http://bob:secret@a.example/v1", "//secret@a", "http://bob:secret@:no port/")) {
            SettingsReader reader = reader("", Map.of("OFFLOAD_A", bad, "OFFLOAD_B", bad));
            assertEquals("", reader.parsedUrl("a", "", text -> text), bad);
            assertEquals("preset", reader.parsedUrl("b", "preset", text -> text), bad);
            assertEquals(2, reader.faults().size(), bad);
            String told = reader.faults() + " " + reader.settings();
            assertTrue(told.contains("b holds a name or password"), told);
            assertTrue(told.contains("b=(set, not shown) (OFFLOAD_B)"), told);
            assertTrue(!told.contains("secret") && !told.contains("bob"), told);
        }
        SettingsReader good = reader("", Map.of("OFFLOAD_A", "http://a.example/@b", "OFFLOAD_B", "embedded"));
        assertEquals("http://a.example/@b", good.parsedUrl("a", "", text -> text));
        assertEquals("embedded", good.parsedUrl("b", "", text -> text));
        assertEquals(List.of(), good.faults());
    }

    @Test
    void sections_keep_the_order_of_the_file() throws IOException {
        SettingsReader reader =
                reader("offload:\n  u:\n    z:\n      x: 1\n    a:\n      x: 2\n", Map.of("OFFLOAD_U", "m"));
        assertEquals(List.of("z", "a", "m"), reader.sections("u"));
    }

    @Test
    void every_fault_is_told_at_once() throws IOException {
        SettingsReader reader = reader("offload:\n  time: soon\n  size: big\n  tiem: 1\n  items: 1\n", Map.of());
        assertEquals(Duration.ofSeconds(90), reader.duration("time", "90 s", Duration.ZERO, Duration.ofDays(1)));
        assertEquals(4 << 20, reader.size("size", "4 MiB", 1, 1 << 30));
        assertEquals(4, reader.faults().size(), "" + reader.faults());
        assertEquals("tiem is no setting; did you mean time?", reader.faults().get(2));
        assertEquals("items is no setting", reader.faults().get(3), "and like none");
    }

    /** As if {@code timeout} were one setting, and {@code cors} another. */
    @Test
    void a_value_for_a_section_is_told_with_the_settings_below_it() throws IOException {
        SettingsReader reader = reader("offload:\n  cors: \"*\"\n  timeout: 60\n  data: here\n", Map.of());
        for (String key : List.of("port", "cors.origins", "timeout.max", "timeout.default", "data-dir")) {
            reader.text(key, "");
        }
        assertEquals(
                List.of(
                        "cors is no setting; did you mean cors.origins?",
                        "timeout is no setting; did you mean one of timeout.max, timeout.default?",
                        "data is no setting; did you mean data-dir?"),
                reader.faults());
    }

    @Test
    void what_looks_like_a_date_is_the_text_that_was_written() throws IOException {
        SettingsReader reader = reader(
                "offload:\n  model: 2026-01-01\n  at: 2026-1-1 2:03:04.5 -1\n  headers:\n    version: 2023-06-01\n"
                        + "  quoted: \"2023-06-01\"\n  days: [2023-06-01, 7]\n",
                Map.of());
        assertEquals("2026-01-01", reader.text("model", ""));
        assertEquals("2026-1-1 2:03:04.5 -1", reader.text("at", ""));
        assertEquals("2023-06-01", reader.text("headers.version", ""));
        assertEquals("2023-06-01", reader.text("quoted", ""));
        assertEquals(List.of("2023-06-01", "7"), reader.list("days", ""));
    }

    @Test
    void what_looks_like_a_number_but_is_no_whole_one_is_the_text_that_was_written() throws IOException {
        for (String written :
                List.of("1.10", "2024.10", "1e400", ".inf", "0123", "0x1F", "12:30", "+1.50", "1_0.5", "10.0.0.1")) {
            SettingsReader reader = reader("offload:\n  version: " + written + "\n", Map.of());
            assertEquals(written, reader.text("version", ""));
        }
        SettingsReader reader = reader("offload:\n  most: 1_000\n  least: -7\n", Map.of());
        assertEquals(1_000, reader.number("most", 1, 1, 5_000));
        assertEquals(-7, reader.number("least", 1, -10, 5_000));
        IOException fault =
                assertThrows(IOException.class, () -> reader("offload:\n  secret: !!binary c2VjcmV0\n", Map.of()));
        assertTrue(String.valueOf(fault.getMessage()).contains("in line 2"), fault.getMessage());
    }

    @Test
    void a_file_may_have_any_name_and_be_a_device_that_holds_nothing() throws IOException {
        Path file = Files.writeString(folder.resolve("offload.conf"), "offload:\n  a: 5\n");
        assertEquals(
                Map.of("a", "5"), SettingsFile.read(file.toString(), "offload").values());
        assertEquals(Map.of(), SettingsFile.read("/dev/null", "offload").values());
    }

    /** At a SIGHUP as at the start: it would end in a stack trace. */
    @Test
    void an_alias_that_stands_for_what_it_is_a_part_of_is_a_fault() {
        for (String endless : List.of("offload: &a\n  limits: *a\n", "offload:\n  models: &a [*a, *a]\n")) {
            IOException fault = assertThrows(IOException.class, () -> reader(endless, Map.of()));
            assertTrue(String.valueOf(fault.getMessage()).contains("deeper than any setting"), fault.getMessage());
        }
    }

    @Test
    void a_key_written_twice_and_one_outside_are_faults_that_name_their_place() {
        IOException twice = assertThrows(IOException.class, () -> reader("offload:\n  a: 1\n  a: 2\n", Map.of()));
        assertTrue(String.valueOf(twice.getMessage()).contains("line 3"), twice.getMessage());
        IOException outside = assertThrows(IOException.class, () -> reader("port: 1\n", Map.of()));
        assertTrue(String.valueOf(outside.getMessage()).contains("\"port\" stands outside"), outside.getMessage());
    }

    @Test
    void what_is_wrong_with_the_yaml_is_told_without_the_text_that_stands_there() {
        for (String value : List.of(
                "sk-hush: x",
                "\"sk-hush",
                "@sk-hush",
                "*sk-hush",
                "!sk-hush",
                "!!int sk-hush",
                "!!float sk-hush",
                "!!timestamp sk-hush",
                "!!int \"\" # sk-hush",
                "\"sk-hush\\q\"")) {
            IOException fault =
                    assertThrows(IOException.class, () -> reader("offload:\n  key: " + value + "\n", Map.of()), value);
            String said = String.valueOf(fault.getMessage());
            assertTrue(said.contains("no readable YAML") && !said.contains("hush"), said);
        }
    }

    @Test
    void an_empty_name_is_a_fault_that_tells_no_values() {
        for (String empty : List.of("  \"\": sk-hush\n", "  limits:\n    \"\": sk-hush\n")) {
            IOException fault =
                    assertThrows(IOException.class, () -> reader("offload:\n  key: hush\n" + empty, Map.of()), empty);
            String said = String.valueOf(fault.getMessage());
            assertTrue(said.contains("an empty name") && !said.contains("hush"), said);
        }
    }

    @Test
    void a_list_where_one_value_is_wanted_is_a_fault_and_not_the_default() throws IOException {
        SettingsReader reader = reader("offload:\n  allow: [10.0.0.0/8, 10.1.0.0/16]\n  many: [a, b]\n", Map.of());
        reader.text("allow", "");
        assertEquals(List.of("a", "b"), reader.list("many", ""));
        assertEquals(List.of("allow is a list in the file: it must be one value, in one line"), reader.faults());
    }
}
