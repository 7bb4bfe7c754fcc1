package offload.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class JsonTest {

    @Test
    void a_status_with_an_answer_of_20_mib_is_read() throws Exception {
        byte[] status = ("{\"content\":\"" + "x".repeat(20 << 20) + "\"}").getBytes(UTF_8);
        assertEquals(20 << 20, Json.object(status).getString("content").length());
    }
}
