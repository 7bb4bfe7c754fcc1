package offload.answer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import offload.answer.AnswerAssembler.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An answer takes about as much memory as it has bytes, and its pieces find their place at once, whatever an upstream sends. */
class AnswerSizeTest {
    private final AnswerAssembler answer = new AnswerAssembler();

    private Kind add(String chunk) throws Exception {
        byte[] utf8 = chunk.getBytes(UTF_8);
        return answer.add(utf8, 0, utf8.length);
    }

    private static String numbered(int from, int count, IntFunction<String> one) {
        return IntStream.range(from, from + count).mapToObj(one).collect(Collectors.joining(","));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"choices\":[{\"index\":%d}]}",
                "{\"choices\":[{\"delta\":{\"x%d\":\"\"}}]}",
                "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"id\":\"c%d\"}]}}]}",
                "{\"choices\":[],\"usage%d\":1}"
            })
    void an_answer_of_more_parts_than_any_has_is_told(String chunk) throws Exception {
        assertNotEquals(Kind.TOO_MANY_PARTS, add(chunk.formatted(0)));
        int parts = 1;
        while (parts < 10 * Parts.MOST && add(chunk.formatted(parts)) != Kind.TOO_MANY_PARTS) {
            parts++;
        }
        assertTrue(parts > Parts.MOST / 10 && parts <= Parts.MOST, () -> "told late or early");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"choices\":[{\"logprobs\":{\"content\":[LIST]}}]}",
                "{\"choices\":[{\"index\":NUMBER,\"x\":[LIST]}]}",
                "{\"choices\":[{}],\"xNUMBER\":{\"y\":[LIST]}}"
            })
    void lists_are_kept_in_about_the_room_that_they_came_in(String chunk) throws Exception {
        long before = used();
        String list = "{},".repeat(99_999) + "{}";
        for (int i = 0; i < 40; i++) {
            assertEquals(Kind.CHOICES, add(chunk.replace("NUMBER", "" + i).replace("LIST", list)));
        }
        long taken = used() - before;
        assertTrue(taken < 100_000_000, "12 MB of empty objects take " + taken);
        assertNotNull(answer.body());
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    void each_of_very_many_tool_calls_finds_its_place_at_once() {
        // Call by call it would be three thousand million looks, during which no other turn's events are read.
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            for (int i = 0; i < 80_000; i += 1_000) {
                String calls = numbered(i, 1_000, n -> "{\"index\":0,\"id\":\"c" + n + "\"}");
                add("{\"choices\":[{\"delta\":{\"tool_calls\":[" + calls + "]}}]}");
            }
        });
    }

    @Test
    void what_a_message_says_in_parts_and_in_text_is_all_kept_in_order() throws Exception {
        add("{\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}");
        add("{\"choices\":[{\"delta\":{\"content\":[{\"type\":\"thinking\",\"thinking\":[]}]}}]}");
        add("{\"choices\":[{\"delta\":{\"content\":\"It \"}}]}");
        add("{\"choices\":[{\"delta\":{\"content\":\"is\",\"x\":1}}]}");
        add("{\"choices\":[{\"delta\":{\"content\":[{\"type\":\"reference\"}]}}]}");
        add("{\"choices\":[{\"delta\":{\"content\":\" 4\"}}]}");
        add("{\"choices\":[{\"delta\":{\"content\":[]},\"finish_reason\":\"stop\"}]}");
        String parts = "[{\"type\":\"thinking\",\"thinking\":[]},{\"type\":\"text\",\"text\":\"It is\"},"
                + "{\"type\":\"reference\"},{\"type\":\"text\",\"text\":\" 4\"}]";
        String body = new String(java.util.Objects.requireNonNull(answer.body()).bytes(), UTF_8);
        assertTrue(body.contains("\"content\":" + parts), body);
    }

    @Test
    void text_is_not_taken_away_by_an_empty_list() throws Exception {
        add("{\"choices\":[{\"delta\":{\"content\":\"It is\"}}]}");
        add("{\"choices\":[{\"delta\":{\"content\":[],\"tool_calls\":[]}}]}");
        String body = new String(java.util.Objects.requireNonNull(answer.body()).bytes(), UTF_8);
        assertTrue(body.contains("\"content\":\"It is\""), body);
    }
}
