package offload.answer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Objects;
import offload.answer.AnswerAssembler.Kind;
import offload.json.Json;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatedErrorTest {
    private static final String CHOICES = ",\"choices\":[{\"delta\":{\"content\":\"a\"}}]}";

    private final AnswerAssembler answer = new AnswerAssembler();

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"\"", "{}", "[]", "false", "0"})
    void an_error_that_says_nothing_is_none_and_no_part_of_the_answer(String error) throws Exception {
        assertEquals(Kind.CHOICES, add("{\"error\":" + error + CHOICES));
        assertFalse(Json.object(Objects.requireNonNull(answer.body()).bytes()).containsKey("error"));
        byte[] whole = ("{\"error\":" + error + ",\"choices\":[{\"message\":{\"content\":\"a\"}}]}").getBytes(UTF_8);
        assertEquals(Kind.CHOICES, add(new String(WholeAnswer.toChunk(whole), UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"no\"", "{\"message\":\"no\"}", "[{}]", "true", "429"})
    void an_error_that_says_something_is_one(String error) throws Exception {
        assertEquals(Kind.ERROR, add("{\"error\":" + error + CHOICES));
    }

    private Kind add(String chunk) throws Exception {
        byte[] utf8 = chunk.getBytes(UTF_8);
        return answer.add(utf8, 0, utf8.length);
    }
}
