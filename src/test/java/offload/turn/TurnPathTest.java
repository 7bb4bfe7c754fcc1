package offload.turn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is exactly a turn's path is one, and nothing else. */
class TurnPathTest {
    private static final String GOOD = "pub/2023/06/01/11/07/06/name_1-2";
    private static final Pattern WRITTEN_DOWN = Pattern.compile(
            "(pub|priv)/\\d{4}/\\d\\d/\\d\\d/\\d\\d/\\d\\d/\\d\\d/[A-Za-z0-9][A-Za-z0-9_-]{0,135}", Pattern.DOTALL);

    @ParameterizedTest
    @ValueSource(strings = {GOOD, "priv/2024/02/29/23/59/59/A", "pub/1970/01/01/00/00/00/0"})
    void what_a_path_gives_is_read_back(String relative) {
        TurnPath path = TurnPath.parse(relative).orElseThrow();
        assertEquals(relative, path.relative());
        assertEquals(Optional.of(path), TurnPath.parseMarker(path.marker()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pub/2023/02/29/11/07/06/name",
                "pub/2023/13/01/11/07/06/name",
                "pub/2023/06/01/24/07/06/name",
                "pub/2023/06/01/11/07/60/name",
                "pub/1969/12/31/23/59/59/name",
                "pub/2023/06/01/11/07/06/",
                "pub/2023/06/01/11/07/06/-name",
                "pub/2023/06/01/11/07/06/na.me",
                "pub/2023/06/01/11/07/06/nämе",
                "pub/\u0662\u0660\u0662\u0663/06/01/11/07/06/name",
                "pub-2023-06-01-11-07-06-name",
                "public/2023/06/01/11/07/06/name",
                "/pub/2023/06/01/11/07/06/name",
                "pub",
                ""
            })
    void everything_else_is_none(String relative) {
        assertEquals(Optional.empty(), TurnPath.parse(relative));
    }

    @Test
    void a_name_has_an_end() {
        String folder = "pub/2023/06/01/11/07/06/";
        String longest = folder.replace("pub", "priv") + "x".repeat(TurnPath.MAX_NAME + 8);
        assertEquals(
                TurnPath.LONGEST_MARKER,
                TurnPath.parse(longest).orElseThrow().marker().length());
        assertTrue(TurnPath.parse(folder + "x".repeat(TurnPath.MAX_NAME + 8)).isPresent());
        assertFalse(TurnPath.parse(folder + "x".repeat(TurnPath.MAX_NAME + 9)).isPresent());
        assertTrue(TurnPath.canName("x".repeat(TurnPath.MAX_NAME)));
        assertFalse(TurnPath.canName("x".repeat(TurnPath.MAX_NAME + 1)));
        assertFalse(TurnPath.canName(""));
        assertFalse(TurnPath.canName("_x"));
    }

    @Test
    void a_path_with_something_changed_in_it_is_taken_if_it_has_the_form_and_names_a_second() {
        Random random = new Random(42);
        String signs = "019/-_.azAZ \n\\%:@`[{é٣";
        int taken = 0;
        for (int i = 0; i < 200_000; i++) {
            StringBuilder text = new StringBuilder(GOOD);
            for (int changes = random.nextInt(3); changes >= 0; changes--) {
                int at = random.nextInt(text.length());
                char sign = signs.charAt(random.nextInt(signs.length()));
                switch (random.nextInt(3)) {
                    case 0 -> text.setCharAt(at, sign);
                    case 1 -> text.insert(at, sign);
                    default -> text.deleteCharAt(at);
                }
            }
            Optional<TurnPath> path = TurnPath.parse(text.toString());
            boolean formed = WRITTEN_DOWN.matcher(text).matches();
            assertTrue(formed || path.isEmpty(), () -> "taken: " + text);
            path.ifPresent(found -> assertEquals(text.toString(), found.relative()));
            taken += path.isPresent() ? 1 : 0;
        }
        assertTrue(taken > 10_000, "taken: " + taken);
    }
}
