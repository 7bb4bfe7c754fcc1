package offload.answer;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words by which servers and gateways that speak no JSON say why they refuse. Stateless. */
final class PlainWords {
    private static final int MOST_CHARACTERS = 200;
    private static final Pattern TITLE = Pattern.compile("<title", Pattern.CASE_INSENSITIVE);
    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Z}\\u202A-\\u202E\\u2066-\\u2069]+");

    private PlainWords() {}

    /**
     * Of plain text its first line, of an HTML page its title, at most {@value #MOST_CHARACTERS} characters; "" of other markup, of
     * JSON that is broken, and of what is no text. Controls, and marks that turn text around, are left out.
     */
    static String of(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8).strip();
        if (text.startsWith("{") || text.startsWith("[{")) {
            return "";
        }
        String words =
                text.startsWith("<") ? title(text) : text.lines().findFirst().orElse("");
        return words.indexOf('\uFFFD') >= 0 || words.indexOf('\0') >= 0 ? "" : cut(seen(words));
    }

    private static String title(String page) {
        Matcher tag = TITLE.matcher(page);
        int start = tag.find() ? page.indexOf('>', tag.end()) : -1;
        int end = start < 0 ? -1 : page.indexOf('<', start);
        return end < 0 ? "" : page.substring(start + 1, end);
    }

    private static String seen(String words) {
        return UNSEEN.matcher(words).replaceAll(" ").strip();
    }

    private static String cut(String words) {
        return words.codePointCount(0, words.length()) <= MOST_CHARACTERS
                ? words
                : words.substring(0, words.offsetByCodePoints(0, MOST_CHARACTERS)) + "…";
    }
}
