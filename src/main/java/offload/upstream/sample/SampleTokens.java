package offload.upstream.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts text into pieces of about the size that models emit. Together they are the text; no character is split. */
final class SampleTokens {
    private static final Pattern TOKEN = Pattern.compile(
            " ?\\p{L}{1,7}| ?\\p{N}{1,3}| ?[\\p{So}\\p{Cn}]| ?[^\\s\\p{L}\\p{N}\\p{So}\\p{Cn}]{1,3}|\\s",
            Pattern.DOTALL);

    private SampleTokens() {}

    static List<String> of(String text) {
        List<String> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(text);
        while (matcher.find()) {
            tokens.add(matcher.group());
        }
        return tokens;
    }

    static int count(String text) {
        return (int) TOKEN.matcher(text).results().count();
    }
}
