package offload.settings;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Numbers with a unit behind them, as operators write them. */
final class Amount {
    private static final Pattern AMOUNT = Pattern.compile("(\\d{1,19}(?:\\.\\d{1,9})?)\\s*([A-Za-z]*)");
    private static final Map<String, Long> MILLIS =
            Map.of("", 1_000L, "ms", 1L, "s", 1_000L, "m", 60_000L, "min", 60_000L, "h", 3_600_000L, "d", 86_400_000L);
    private static final Map<String, Long> BYTES = Map.of(
            "",
            1L,
            "b",
            1L,
            "kb",
            1_000L,
            "kib",
            1L << 10,
            "mb",
            1_000_000L,
            "mib",
            1L << 20,
            "gb",
            1_000_000_000L,
            "gib",
            1L << 30,
            "tb",
            1_000_000_000_000L,
            "tib",
            1L << 40);

    private Amount() {}

    /** Milliseconds in {@code text}, seconds where it has no unit; null if it is none. */
    static @Nullable Long millis(String text) {
        return parse(text, MILLIS);
    }

    /** Bytes in {@code text}; null if it is none. */
    static @Nullable Long bytes(String text) {
        return parse(text, BYTES);
    }

    private static @Nullable Long parse(String text, Map<String, Long> units) {
        Matcher parts = AMOUNT.matcher(text);
        Long unit = parts.matches() ? units.get(parts.group(2).toLowerCase(Locale.ROOT)) : null;
        double amount = unit == null ? Double.MAX_VALUE : Double.parseDouble(parts.group(1)) * unit;
        return amount < Long.MAX_VALUE ? Math.round(amount) : null;
    }
}
