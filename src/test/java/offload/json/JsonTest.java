package offload.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTest {

    @Test
    void a_status_with_an_answer_of_20_mib_is_read() throws Exception {
        byte[] status = ("{\"content\":\"" + "x".repeat(20 << 20) + "\"}").getBytes(UTF_8);
        assertEquals(20 << 20, Json.object(status).getString("content").length());
    }

    @ParameterizedTest
    @CsvSource({
        "1e9999999999, 1E+999999999",
        "-15E+9999999999, -1E+999999999",
        "1.5e-2147483647, 0.0",
        "-1e-9999999999, 0.0",
        "1e2147483647, 1E+2147483647",
        "-1.5e-2147483646, -1.5E-2147483646",
    })
    void a_number_is_read_as_it_is_up_to_an_exponent_that_nothing_can_hold(String number, String read)
            throws Exception {
        assertEquals(read, Json.value(number).toString());
        assertEquals("[" + read + "]", Json.value("[" + number + "]").toString());
    }

    @Test
    void a_number_of_thousands_of_digits_is_read_as_the_next_one() throws Exception {
        assertEquals("0.3333333333333333", Json.value("0." + "3".repeat(2_000)).toString());
        assertEquals(
                "-3.3333333333333335E+299",
                Json.value("-" + "3".repeat(300) + "." + "3".repeat(2_000)).toString());
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
