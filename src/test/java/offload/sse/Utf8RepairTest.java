package offload.sse;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class Utf8RepairTest {
    private final CharsetDecoder platform = StandardCharsets.UTF_8.newDecoder();

    @Test
    void every_character_is_well_formed_and_stays() {
        for (int code = 0; code <= Character.MAX_CODE_POINT; code++) {
            if (code < Character.MIN_SURROGATE || code > Character.MAX_SURROGATE) {
                byte[] bytes = Character.toString(code).getBytes(StandardCharsets.UTF_8);
                // The repair is asked for the same where something else is ill-formed.
                assertTrue(
                        Utf8Repair.isWellFormed(bytes, 0, bytes.length)
                                && Arrays.equals(bytes, Utf8Repair.repaired(bytes, 0, bytes.length)),
                        () -> HexFormat.of().formatHex(bytes));
            }
        }
    }

    @Test
    void what_the_platform_refuses_is_ill_formed_and_well_formed_once_repaired() {
        for (int lead = 0x80; lead < 0x100; lead++) {
            for (int second = 0x70; second < 0x100; second++) {
                for (int third : new int[] {'a', 0x80, 0xBF}) {
                    judge((byte) lead, (byte) second, (byte) third);
                }
            }
        }
    }

    private void judge(byte... text) {
        // Neither what is before it nor what is behind it belongs to it.
        byte[] bytes = {(byte) 0xF0, text[0], text[1], text[2], (byte) 0x80};
        for (int length = 1; length <= text.length; length++) {
            boolean strict = isStrict(bytes, 1, length);
            byte[] repaired = Utf8Repair.repaired(bytes, 1, length);
            if (strict != Utf8Repair.isWellFormed(bytes, 1, length) || !isStrict(repaired, 0, repaired.length)) {
                throw new AssertionError(length + " bytes of " + HexFormat.of().formatHex(text));
            }
        }
    }

    private boolean isStrict(byte[] bytes, int offset, int length) {
        try {
            platform.decode(ByteBuffer.wrap(bytes, offset, length));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
