package offload.turn;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.util.Objects;
import offload.json.Json;
import offload.json.JsonFault;
import org.junit.jupiter.api.Test;

class AnswerChoiceTest {
    private final AnswerAssembler answer = new AnswerAssembler();

    @Test
    void what_comes_in_pieces_is_not_taken_again_from_the_whole_message_beside_them() throws Exception {
        add("\"message\":{\"content\":\"Hel\"},\"delta\":{\"content\":\"Hel\"}");
        add("\"message\":{\"content\":\"Hello\"},\"delta\":{\"content\":\"lo\"}");
        add("\"message\":{\"content\":\"Hello\"},\"finish_reason\":\"stop\"");
        assertEquals("Hello", content());
        assertTrue(answer.isFinished(1));
    }

    @Test
    void a_plain_piece_is_one_too() throws Exception {
        add("\"delta\":{\"role\":\"assistant\"}");
        add("\"delta\":{\"content\":\"Hello\"}");
        add("\"message\":{\"content\":\"Hello\"},\"finish_reason\":\"stop\"");
        assertEquals("Hello", content());
    }

    @Test
    void a_message_without_pieces_is_taken() throws Exception {
        add("\"message\":{\"content\":\"Hello\"},\"delta\":null,\"finish_reason\":\"stop\"");
        assertEquals("Hello", content());
    }

    private void add(String members) throws JsonFault {
        byte[] chunk = ("{\"choices\":[{\"index\":0," + members + "}]}").getBytes(UTF_8);
        answer.add(chunk, 0, chunk.length);
    }

    private String content() throws Exception {
        JsonObject body = Json.object(Objects.requireNonNull(answer.body()).bytes());
        return body.getJsonArray("choices")
                .getJsonObject(0)
                .getJsonObject("message")
                .getString("content");
    }
}
