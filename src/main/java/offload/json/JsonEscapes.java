package offload.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what JSON's escapes spell where JSON stands within other text, or breaks off. Stateless. */
public final class JsonEscapes {
    /** Of printable ASCII; what else they spell nobody looks for. */
    private static final Pattern ESCAPED = Pattern.compile("\\\\(?:([\"/\\\\])|u00([2-7][0-9a-fA-F]))");
    /** What is left of an escape where the text breaks off. */
    private static final Pattern BROKEN = Pattern.compile("\\\\(?:u[0-9a-fA-F]{0,3})?\\z");

    private JsonEscapes() {}

    /** {@code text} with what they spell in their places, without a broken one at its end. */
    public static byte[] read(byte[] text) {
        return ESCAPED.matcher(BROKEN.matcher(new String(text, ISO_8859_1)).replaceFirst(""))
                .replaceAll(found -> Matcher.quoteReplacement(spelled(found)))
                .getBytes(ISO_8859_1);
    }

    private static String spelled(MatchResult escape) {
        String code = escape.group(2);
        return code == null ? escape.group(1) : String.valueOf((char) Integer.parseInt(code, 16));
    }
}
