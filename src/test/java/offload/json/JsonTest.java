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

    @Test
    void a_number_that_nothing_can_hold_is_read_as_the_next_one_and_all_others_as_they_are() throws Exception {
        String others = "1.50,1E400,0,123456789012345678901234567890,\"1e99999999999999 \\\" -1e99999999999999\",true";
        assertEquals(
                "[1E+999999999,-1E+999999999,0.0,0.3333333333333333," + others.replace("1E400", "1E+400") + "]",
                Json.value("[1e99999999999999,-1E+99999999999999,1e-99999999999999,0." + "3".repeat(2_000) + ","
                                + others + "]")
                        .toString());
    }
}
