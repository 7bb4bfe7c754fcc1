package offload.upstream.openai;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import offload.upstream.ResponseHead;

/**
 * Keeps a key that an upstream says back out of what is shown: some name it in their errors. It holds the key until the
 * head of the answer is here, or the whole of a refusal, and no longer: it is overwritten before the first event. One
 * thread.
 */
final class KeyEcho implements AutoCloseable {
    private static final byte[] INSTEAD = "[key]".getBytes(StandardCharsets.US_ASCII);

    private final byte[] key;
    private boolean gone;

    /** Takes {@code key} over and overwrites it in {@link #close}. */
    KeyEcho(byte[] key) {
        this.key = key;
        this.gone = key.length == 0;
    }

    /** The head without the fields that hold the key. */
    ResponseHead without(ResponseHead head) {
        Map<String, String> shown = new LinkedHashMap<>();
        head.headers().forEach((name, value) -> {
            if (indexIn(value.getBytes(StandardCharsets.ISO_8859_1), 0) < 0) {
                shown.put(name, value);
            }
        });
        return new ResponseHead(head.status(), head.protocol(), shown);
    }

    /** {@code text} with every copy of the key replaced. */
    byte[] without(byte[] text) {
        int at = indexIn(text, 0);
        if (at < 0) {
            return text;
        }
        var out = new java.io.ByteArrayOutputStream(text.length);
        int from = 0;
        while (at >= 0) {
            out.write(text, from, at - from);
            out.writeBytes(INSTEAD);
            from = at + key.length;
            at = indexIn(text, from);
        }
        out.write(text, from, text.length - from);
        return out.toByteArray();
    }

    private int indexIn(byte[] text, int from) {
        for (int at = from; !gone && at + key.length <= text.length; at++) {
            if (Arrays.equals(text, at, at + key.length, key, 0, key.length)) {
                return at;
            }
        }
        return -1;
    }

    @Override
    public void close() {
        Arrays.fill(key, (byte) 0);
        gone = true;
    }
}
