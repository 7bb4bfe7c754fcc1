package offload.answer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.util.Base64;
import java.util.List;
import offload.json.Json;
import offload.turn.UpstreamKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyEchoesTest {
    private static final String KEY = "sk-canary/7f3A91b~2z?8";

    private static byte[] hidden(String said) {
        return KeyEchoes.hidden(said.getBytes(UTF_8), new UpstreamKey(KEY));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sk-canary/7f3A91b~2z?8", "sk-canary\\/7f3A91b~2z?8", "\\u0073k-canary\\u002f7f3A91b~2z?8"})
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
    void a_key_is_hidden_however_often_it_was_quoted_in_json() {
        String said = KEY.replace("/", "\\/");
        for (int quoted = 0; quoted < 3; quoted++) {
            said = "{\"message\":" + Json.quote(said) + "}";
            String shown = new String(hidden(said), UTF_8);
            assertFalse(shown.contains("canary"), shown);
            assertTrue(shown.contains("message"), shown);
        }
    }

    /** The status takes it as it is. */
    @Test
    void what_is_JSON_stays_JSON_and_what_was_quoted_in_it_is_said() throws Exception {
        String within = Json.quote("{\"message\":\"Bad key: " + KEY.replace("/", "\\/") + ".\"}");
        byte[] hidden = hidden("[{\"message\":" + within + ",\"at\":1.50},null]");
        JsonObject error = Json.value(hidden, 0, hidden.length).asJsonArray().getJsonObject(0);
        assertEquals("{\"message\":\"Bad key: ***.\"}", error.getString("message"));
        assertEquals("1.50", error.getJsonNumber("at").toString());
        assertEquals(
                error.getString("message"), UpstreamErrors.rejected(401, hidden).message());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":%s,\"a\":1}", "{\"%2$s\":1}", "{\"a\":2026112704}"})
    void a_key_is_hidden_wherever_in_JSON_it_stands(String said) throws Exception {
        UpstreamKey key = new UpstreamKey(KEY);
        key.alsoHide("x-key", "2026112704");
        String escaped = KEY.replace("/", "\\/");
        byte[] hidden =
                KeyEchoes.hidden(said.formatted(Json.quote(escaped), escaped).getBytes(UTF_8), key);
        Json.object(hidden);
        String shown = new String(hidden, UTF_8);
        assertFalse(shown.contains("canary") || shown.contains("2026"), shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "{\"key\":\"%s\"}", "Bearer %s"})
    void a_key_is_found_in_a_header_however_json_spells_it(String said) {
        UpstreamKey key = new UpstreamKey(KEY);
        for (String spelled : List.of(KEY, KEY.replace("/", "\\/"), KEY.replace("/", "\\\\u002f"))) {
            assertTrue(KeyEchoes.areIn(said.formatted(spelled), key), spelled);
        }
        assertFalse(KeyEchoes.areIn(said.formatted("sk-other\\/7f3A91b~2z?8"), key));
    }

    /** Three characters have no padding, and each of the three places in a group of them is another text. */
    @ParameterizedTest
    @ValueSource(strings = {"%s", "user:%s", "%s:", "me:%s!", "\u00ff\u00fe\u00fd%s?\u00ff>"})
    void a_key_is_hidden_in_base64_too(String encoded) {
        byte[] bytes = encoded.formatted(KEY).getBytes(ISO_8859_1);
        for (Base64.Encoder encoder : List.of(
                Base64.getEncoder(), Base64.getUrlEncoder(), Base64.getEncoder().withoutPadding())) {
            String echo = encoder.encodeToString(bytes);
            String padding = echo.replaceAll("[^=]", "");
            for (String body : List.of("{\"error\":{\"message\":\"Basic %s\"}}", "Basic %s", "{\"a\":\"/a/%s.\"")) {
                String shown = body.replace("/a/%s", "%s").formatted("***" + padding);
                assertEquals(shown, new String(hidden(body.formatted(echo)), UTF_8));
            }
            String quoted = Json.quote("{\"key\":\"" + echo.replace("/", "\\/") + "\"}");
            assertFalse(KeyEchoes.areIn(new String(hidden(quoted), UTF_8), new UpstreamKey(KEY)));
            assertTrue(KeyEchoes.areIn("Basic " + echo, new UpstreamKey(KEY)));
        }
        String other = Base64.getEncoder()
                .encodeToString(encoded.formatted(KEY.substring(1)).getBytes(UTF_8));
        assertFalse(KeyEchoes.areIn("Basic " + other, new UpstreamKey(KEY)));
    }

    @Test
    void the_shortest_key_is_hidden_in_base64_without_padding() {
        String echo = Base64.getEncoder().withoutPadding().encodeToString("8Q~abc+1".getBytes(UTF_8));
        assertTrue(KeyEchoes.areIn(echo, new UpstreamKey("8Q~abc+1")), echo);
    }

    @Test
    void what_holds_no_key_stays_byte_for_byte() {
        byte[] said = "{ \"error\" : \"\\u0061 1.00\" }".getBytes(UTF_8);
        assertSame(said, KeyEchoes.hidden(said, new UpstreamKey(KEY)));
        assertArrayEquals("<p>***</p>".getBytes(UTF_8), hidden("<p>" + KEY + "</p>"));
    }

    /** Three characters, which many keys begin with, are no part that tells anything. */
    @ParameterizedTest
    @ValueSource(strings = {"%c", "\\u%04x", "\\%c"})
    void a_part_of_a_key_is_hidden_where_what_was_said_breaks_off_however_it_is_spelled(String spelling) {
        String begun = "{\"error\":{\"echo\":\"";
        StringBuilder said = new StringBuilder(begun);
        for (int i = 0; i < KEY.length(); i++) {
            char next = KEY.charAt(i);
            String spelled = (next == '/' || spelling.contains("u") ? spelling : "%c").formatted((int) next);
            for (int cut = 0; cut < spelled.length(); cut++) {
                String broken = said + spelled.substring(0, cut);
                byte[] hidden = KeyEchoes.hiddenInBroken(broken.getBytes(UTF_8), new UpstreamKey(KEY));
                assertEquals(i < 4 ? broken : begun + "***", new String(hidden, UTF_8));
            }
            said.append(spelled);
        }
    }
}
