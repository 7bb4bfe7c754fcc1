package offload.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import java.util.stream.Stream;
import offload.turn.UpstreamKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpstreamErrorsTest {
    private static final String KEY = "sk-canary/7f3A91bQ2zX8";

    private static byte[] hidden(String said) {
        return UpstreamErrors.withoutKey(said.getBytes(UTF_8), new UpstreamKey(KEY));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sk-canary/7f3A91bQ2zX8", "sk-canary\\/7f3A91bQ2zX8", "\\u0073k-canary\\u002f7f3A91bQ2zX8"})
    void a_key_is_hidden_however_json_spells_it(String spelled) {
        byte[] body = hidden("{\"error\":{\"message\":\"Bad key: " + spelled + ".\"}}");
        assertEquals(
                "Bad key: ***.", UpstreamErrors.rejected(401, body).message().replaceFirst("^.*?(Bad)", "$1"));
        assertEquals("{\"error\":{\"message\":\"Bad key: ***.\"}}", new String(body, UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data: {\"error\":{\"message\":\"Bad key: %s.\"}}\n\n",
                "Unauthorized: {\"key\":\"%s\"}",
                "[{\"error\":{\"message\":\"Bad key: %s.\",\"x\":",
                "{\"error\":{\"message\":\"Bad key: %s."
            })
    void a_key_is_hidden_however_it_is_spelled_in_what_is_no_JSON_as_a_whole(String body) {
        for (String spelled : List.of(KEY, KEY.replace("/", "\\/"), KEY.replace("/", "\\u002F"))) {
            byte[] hidden = hidden(body.formatted(spelled));
            assertEquals(body.formatted("***"), new String(hidden, UTF_8));
            assertFalse(UpstreamErrors.rejected(401, hidden).message().contains("canary"));
        }
    }

    @Test
    void what_holds_no_key_stays_byte_for_byte() {
        byte[] said = "{ \"error\" : \"\\u0061 1.00\" }".getBytes(UTF_8);
        assertSame(said, UpstreamErrors.withoutKey(said, new UpstreamKey(KEY)));
        assertArrayEquals("<p>***</p>".getBytes(UTF_8), hidden("<p>" + KEY + "</p>"));
    }

    static Stream<Arguments> bodies() {
        return Stream.of(
                Arguments.of("no healthy upstream", ": no healthy upstream"),
                Arguments.of("\n  connect\terror \u202Eor so\r\nsecond line", ": connect error or so"),
                Arguments.of("Bad key: " + KEY, ": Bad key: ***"),
                Arguments.of("<html>\n<body>502 Bad Gateway</body>", "."),
                Arguments.of(" <!DOCTYPE html>", "."),
                Arguments.of("{\"error\": {\"message\": \"cut", "."),
                Arguments.of("[{\n\"error\": \"cut", "."),
                Arguments.of("[proxy] no route", ": [proxy] no route"),
                Arguments.of("\u0000\u0001 binary", "."),
                Arguments.of(" \n ", "."),
                Arguments.of("", "."));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void of_plain_text_the_first_line_stands_in_the_message(String body, String end) {
        String message = UpstreamErrors.rejected(502, hidden(body)).message();
        assertEquals("The upstream answered with HTTP status 502" + end, message);
    }

    @Test
    void a_long_line_of_plain_text_is_cut_between_characters() {
        String message =
                UpstreamErrors.rejected(503, "🙂".repeat(5_000).getBytes(UTF_8)).message();
        assertEquals("The upstream answered with HTTP status 503: " + "🙂".repeat(200) + "…", message);
    }
}
