package offload.turn;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The pieces of an answer find their place at once, whatever an upstream sends. */
class AnswerSizeTest {
    private final AnswerAssembler answer = new AnswerAssembler();

    private void add(String chunk) throws Exception {
        byte[] utf8 = chunk.getBytes(UTF_8);
        answer.add(utf8, 0, utf8.length);
    }

    private static String numbered(int from, int count, IntFunction<String> one) {
        return IntStream.range(from, from + count).mapToObj(one).collect(Collectors.joining(","));
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
}
