package offload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** config/application.yaml is the manual: every key, with its default, and no key that is none. */
class ConfigManualTest {
    private static final Path MANUAL = Path.of("config/application.yaml");
    /** A commented-out setting. Prose that begins with a word and a colon ends in a full stop; a value does not. */
    private static final Pattern SETTING = Pattern.compile("^( +)# ([a-z][a-z-]*): (.*[^.])$");

    private static final Pattern SECTION = Pattern.compile("( +)([a-z][a-z-]*):");

    @Test
    void the_manual_holds_every_key_with_its_default_and_nothing_else() throws IOException {
        assertEquals(new TreeMap<>(OffloadConfig.defaults()), new TreeMap<>(settings(Files.readAllLines(MANUAL))));
    }

    @Test
    void the_file_as_it_is_delivered_changes_nothing() throws Exception {
        assertEquals(
                OffloadConfig.draft(null, _ -> null).usable().toString(),
                OffloadConfig.draft(MANUAL.toString(), _ -> null).usable().toString());
    }

    @Test
    void every_setting_can_be_used_as_it_stands_there(@TempDir Path folder) throws Exception {
        List<String> lines = Files.readAllLines(MANUAL);
        Path uncommented = Files.write(
                folder.resolve("application.yaml"),
                lines.stream()
                        .map(line -> SETTING.matcher(line).replaceFirst("$1$2: $3"))
                        .toList());
        assertNotEquals(lines, Files.readAllLines(uncommented));
        assertEquals(
                OffloadConfig.draft(null, _ -> null).usable().toString(),
                OffloadConfig.draft(uncommented.toString(), _ -> null).usable().toString());
    }

    @Test
    void every_setting_is_explained_above_it() throws IOException {
        List<String> lines = Files.readAllLines(MANUAL);
        for (int i = 1; i < lines.size(); i++) {
            if (SETTING.matcher(lines.get(i)).matches()) {
                String above = lines.get(i - 1);
                boolean explained =
                        above.matches(" +# .*") && !SETTING.matcher(above).matches();
                assertTrue(explained, "nothing explains line " + (i + 1) + ": " + lines.get(i));
            }
        }
    }

    /** The commented-out settings by their full keys; the sections they stand in are found by indentation. */
    private static Map<String, String> settings(List<String> lines) {
        Map<String, String> found = new TreeMap<>();
        List<String> sections = new ArrayList<>();
        for (String line : lines) {
            Matcher section = SECTION.matcher(line);
            Matcher setting = SETTING.matcher(line);
            if (section.matches()) {
                cutTo(sections, section.group(1));
                sections.add(section.group(2));
            } else if (setting.matches()) {
                cutTo(sections, setting.group(1));
                sections.add(setting.group(2));
                found.put(String.join(".", sections), setting.group(3).replaceAll("^\"|\"$", ""));
                sections.removeLast();
            }
        }
        return found;
    }

    /** Two spaces more for each section; the outermost stand below {@code offload:}. */
    private static void cutTo(List<String> sections, String indentation) {
        int depth = indentation.length() / 2 - 1;
        sections.subList(Math.min(depth, sections.size()), sections.size()).clear();
    }
}
