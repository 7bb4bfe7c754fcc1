package offload.engine;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import offload.json.Json;
import offload.json.JsonFault;
import offload.turn.UpstreamKey;

/** Keeps the upstream key out of what an upstream says of an error, also where JSON's escapes spell it. Stateless. */
final class KeyEchoes {
    /** What JSON's escapes spell of the characters that a key may have. */
    private static final Pattern ESCAPED = Pattern.compile("\\\\(?:([\"/\\\\])|u00([2-7][0-9a-fA-F]))");
    /** What is left of an escape where the text breaks off. */
    private static final Pattern BROKEN_ESCAPE = Pattern.compile("\\\\(?:u[0-9a-fA-F]{0,3})?\\z");

    /** Gateways hand on an upstream's JSON as a text within theirs, and others that text within their own. */
    private static final int DEPTH = 4;

    private KeyEchoes() {}

    /** {@code said} with {@code ***} for each echo of the key. */
    static byte[] hidden(byte[] said, UpstreamKey key) {
        return hidden(said, key::hideIn);
    }

    /** The same of what breaks off: a part of the key at its end is hidden as well. */
    static byte[] hiddenInBroken(byte[] said, UpstreamKey key) {
        return hidden(said, key::hideInBroken);
    }

    private static byte[] hidden(byte[] said, UnaryOperator<byte[]> hiding) {
        byte[] hidden = hiding.apply(said);
        byte[] plain = hidden;
        for (int depth = 0; depth < DEPTH; depth++) {
            byte[] plainer = depth == 0 ? spelledPlainly(plain) : unescaped(plain);
            plain = hiding.apply(plainer);
            hidden = Arrays.equals(plain, plainer) ? hidden : plain;
        }
        return hidden;
    }

    private static byte[] spelledPlainly(byte[] said) {
        try {
            // Written anew, nothing is escaped that can stand for itself.
            return Json.value(said, 0, said.length).toString().getBytes(StandardCharsets.UTF_8);
        } catch (JsonFault e) {
            // Events, say, or what breaks off: JSON may stand in it all the same.
            return unescaped(said);
        }
    }

    private static byte[] unescaped(byte[] said) {
        String text = new String(said, StandardCharsets.ISO_8859_1);
        return ESCAPED.matcher(BROKEN_ESCAPE.matcher(text).replaceFirst(""))
                .replaceAll(found -> Matcher.quoteReplacement(unescaped(found)))
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String unescaped(MatchResult escaped) {
        String code = escaped.group(2);
        return code == null ? escaped.group(1) : String.valueOf((char) Integer.parseInt(code, 16));
    }
}
