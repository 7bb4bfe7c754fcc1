package offload.e2e;

import jakarta.json.JsonNumber;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The words of the cases that stand for many values: {@code <uuid>}, {@code <now>}, {@code ~ regex} ... Stateless. */
final class Words {
    private static final Pattern UUID =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    private static final Pattern NUMBER = Pattern.compile("<number (\\S+)>");
    private static final Pattern RANGE = Pattern.compile("<from (\\S+) to (\\S+)>");
    private static final Pattern LITERAL = Pattern.compile("<json (.*)>");
    private static final int SECONDS_AROUND_NOW = 120;

    private Words() {}

    /** Whether a JSON value is what a scalar of a case says. */
    static boolean fits(@Nullable Object expected, @Nullable JsonValue actual) {
        return switch (expected) {
            case null -> JsonValue.NULL.equals(actual);
            case String word -> fitsWord(word, actual);
            case Boolean truth -> (truth ? JsonValue.TRUE : JsonValue.FALSE).equals(actual);
            default -> JsonShape.isNumber(actual, new BigDecimal(expected.toString()));
        };
    }

    private static boolean fitsWord(String word, @Nullable JsonValue actual) {
        return switch (word) {
            case "<absent>" -> actual == null;
            case "<absent|200>" -> actual == null || JsonShape.isNumber(actual, BigDecimal.valueOf(200));
            case "<string>" -> actual instanceof JsonString;
            case "<number>" -> actual instanceof JsonNumber;
            case "<positive>" ->
                actual instanceof JsonNumber number && number.bigDecimalValue().signum() > 0;
            case "<now>" -> isNow(actual);
            case "<uuid>" -> UUID.matcher(JsonShape.plain(actual)).matches();
            case "<sentence>" ->
                actual instanceof JsonString text && text.getString().contains(" ");
            default -> fitsPattern(word, actual);
        };
    }

    private static boolean fitsPattern(String word, @Nullable JsonValue actual) {
        Matcher number = NUMBER.matcher(word);
        if (number.matches()) {
            return JsonShape.isNumber(actual, new BigDecimal(number.group(1)));
        }
        Matcher range = RANGE.matcher(word);
        if (range.matches()) {
            return actual instanceof JsonNumber value
                    && value.bigDecimalValue().compareTo(new BigDecimal(range.group(1))) >= 0
                    && value.bigDecimalValue().compareTo(new BigDecimal(range.group(2))) <= 0;
        }
        Matcher literal = LITERAL.matcher(word);
        if (literal.matches()) {
            return Answer.json(literal.group(1)).equals(actual);
        }
        boolean same = actual instanceof JsonString || !isRegex(word) && actual instanceof JsonNumber;
        return same && fits(word, JsonShape.plain(actual));
    }

    private static boolean isNow(@Nullable JsonValue actual) {
        return actual instanceof JsonNumber number
                && Math.abs(number.doubleValue() - Instant.now().getEpochSecond()) < SECONDS_AROUND_NOW;
    }

    private static boolean isRegex(String word) {
        return word.startsWith("~ ");
    }

    /** Whether text is {@code word}, or matches it where it is {@code ~ regex}. */
    static boolean fits(String word, @Nullable String actual) {
        if (actual == null) {
            return false;
        }
        return isRegex(word)
                ? Pattern.compile(word.substring(2), Pattern.DOTALL)
                        .matcher(actual)
                        .matches()
                : word.equals(actual);
    }
}
