package offload.answer;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.JsonValue;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import offload.json.Json;
import offload.json.JsonEscapes;
import offload.json.JsonFault;
import offload.json.JsonStrings;
import offload.turn.UpstreamKey;

/**
 * Keeps the upstream key out of what an upstream says of an error, also where JSON's escapes spell it or base64 does. What is JSON
 * stays JSON. Stateless.
 */
public final class KeyEchoes {
    /** Gateways hand on an upstream's JSON as a text within theirs, and others that text within their own. */
    private static final int DEPTH = 4;

    private KeyEchoes() {}

    /** Whether {@code said} holds the key. */
    public static boolean areIn(String said, UpstreamKey key) {
        byte[] bytes = said.getBytes(UTF_8);
        return key.isIn(said) || !Arrays.equals(inText(bytes, key::hideIn), bytes);
    }

    /** {@code said} with {@code ***} for each echo of the key. */
    public static byte[] hidden(byte[] said, UpstreamKey key) {
        return hidden(said, key, key::hideIn);
    }

    /** The same of what breaks off: a part of the key at its end is hidden as well. */
    public static byte[] hiddenInBroken(byte[] said, UpstreamKey key) {
        return hidden(said, key, key::hideInBroken);
    }

    private static byte[] hidden(byte[] said, UpstreamKey key, UnaryOperator<byte[]> hiding) {
        byte[] hidden = inText(said, hiding);
        if (Arrays.equals(hidden, said)) {
            return said;
        }
        try {
            JsonValue value = Json.value(said, 0, said.length);
            return JsonStrings.changed(value, text -> new String(inText(text.getBytes(UTF_8), key::hideIn), UTF_8))
                    .toString()
                    .getBytes(UTF_8);
        } catch (JsonFault e) {
            // Events, say, or what breaks off: JSON may stand in it all the same.
            return hidden;
        }
    }

    private static byte[] inText(byte[] said, UnaryOperator<byte[]> hiding) {
        UnaryOperator<byte[]> either = text -> EncodedEchoes.hidden(hiding.apply(text), hiding);
        byte[] hidden = either.apply(said);
        byte[] plain = hidden;
        for (int depth = 0; depth < DEPTH; depth++) {
            byte[] plainer = JsonEscapes.read(plain);
            if (Arrays.equals(plainer, plain)) {
                return hidden;
            }
            plain = either.apply(plainer);
            hidden = Arrays.equals(plain, plainer) ? hidden : plain;
        }
        return hidden;
    }
}
