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
    void a_header_is_a_secret_where_its_name_ends_in_key_and_not_where_it_is_a_longer_word() {
        for (String name : new String[] {"X-Api-Key", "apikey", "api-keys", "x_key_2", "x-portkey-api-key"}) {
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
