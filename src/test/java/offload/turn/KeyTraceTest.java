package offload.turn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** An echo of a key is found when the key itself is long gone. */
class KeyTraceTest {
    private static final String KEY = "sk-abcabcabd-ABC_123";

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String hidden(String text) {
        return new String(new KeyTrace(bytes(KEY)).hideIn(bytes(text)), StandardCharsets.UTF_8);
    }

    @Test
    void a_key_that_was_taken_and_wiped_is_still_found() {
        UpstreamKey key = new UpstreamKey(KEY);
        assertEquals(KEY.length(), key.take().length);
        key.wipe();
        assertTrue(key.isIn("Bearer " + KEY + "."));
        assertFalse(key.isIn("Bearer " + KEY.substring(1)));
    }

    @Test
    void a_header_is_a_secret_where_its_name_says_so_and_not_where_key_is_a_part_of_a_longer_word() {
        for (String name :
                ("X-Api-Key apikey api-keys x_key_2 x-portkey-api-key X-Amz-Security-Token Client-Secret Cookie"
                                + " X-Password X-Credential")
                        .split(" ")) {
            UpstreamKey key = UpstreamKey.none();
            key.alsoHide(name, "qwertyui");
            assertTrue(key.isIn("the qwertyui layout"), name);
        }
        UpstreamKey key = UpstreamKey.none();
        key.alsoHide("X-Keyboard", "qwertyui");
        key.alsoHide("Keywords", "qwertyui");
        key.alsoHide("X-Portkey-Provider", "qwertyui");
        assertFalse(key.isIn("the qwertyui layout"));
    }

    @Test
    void of_a_scheme_and_a_token_the_token_is_a_secret_too() {
        UpstreamKey key = UpstreamKey.none();
        key.alsoHide("X-Auth", "Basic dXNlcjpwYXNz");
        assertEquals(
                "***, ***", new String(key.hideIn(bytes("Basic dXNlcjpwYXNz, dXNlcjpwYXNz")), StandardCharsets.UTF_8));
    }

    @Test
    void a_header_of_another_name_is_a_secret_where_it_is_too_long_for_a_word_and_answers_do_not_say_the_same() {
        UpstreamKey key = UpstreamKey.none();
        key.alsoHide("X-Tenant", "0123456789abcdef");
        key.alsoHide("X-Region", "europe-west-four");
        key.alsoHide("X-Region", "northamerica-ne");
        key.alsoHide("User-Agent", "Mozilla/5.0 (X11; Linux)");
        key.alsoHide("accept-language", "en-GB,en;q=0.9,de;q=0.8");
        assertTrue(key.isIn("of 0123456789abcdef") && key.isIn("of europe-west-four"));
        assertFalse(key.isIn("northamerica-ne, Mozilla/5.0 (X11; Linux), en-GB,en;q=0.9,de;q=0.8"));
    }

    @Test
    void a_part_is_hidden_at_the_end_of_what_breaks_off_also_of_a_header_and_nowhere_else() {
        UpstreamKey key = new UpstreamKey(KEY);
        key.alsoHide("X-Auth", "qwertyuiop");
        String before = KEY.substring(0, 6) + " qwert and so on, for longer than a key is";
        assertEquals(before + "***", new String(key.hideInBroken(bytes(before + "qwert")), StandardCharsets.UTF_8));
        assertEquals(before + "***", new String(key.hideInBroken(bytes(before + "sk-abc")), StandardCharsets.UTF_8));
    }

    @Test
    void every_echo_is_hidden_wherever_it_stands() {
        assertEquals("***", hidden(KEY));
        assertEquals("é***ü", hidden("é" + KEY + "ü"));
        assertEquals("******x***", hidden(KEY + KEY + "x" + KEY));
        assertEquals("sk-abcabc***", hidden("sk-abcabc" + KEY));
    }

    @Test
    void what_is_not_the_key_stays_as_it_is() {
        byte[] text = bytes("sk-abcabcabd-ABC_124 " + KEY.substring(0, KEY.length() - 1));
        assertSame(text, new KeyTrace(bytes(KEY)).hideIn(text));
        assertArrayEquals(new byte[0], new KeyTrace(bytes(KEY)).hideIn(new byte[0]));
    }

    @Test
    void a_word_such_as_none_is_no_secret() {
        assertFalse(new UpstreamKey("none").isIn("none of this"));
        assertFalse(UpstreamKey.none().isIn("anything"));
    }
}
