package offload.house;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who writes a client tries it on the record that a page shows: as the first of a log, its id is its own length. */
class RecordsInDocsTest {
    private static final Pattern RECORD = Pattern.compile("(?m)^data: \\{.*\\nid: (\\d+)\\n\\n");

    @ParameterizedTest
    @ValueSource(strings = {"api.md", "data-folder.md"})
    void a_record_that_is_shown_has_the_offset_behind_itself_as_its_id(String page) {
        Matcher record = RECORD.matcher(Checkout.read(Path.of("src/docs", page)));
        assertTrue(record.find(), "no record is shown");
        assertEquals(record.group().getBytes(UTF_8).length, Integer.parseInt(record.group(1)));
    }
}
