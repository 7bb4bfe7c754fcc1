package offload;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads settings by key, environment before file before default, and remembers every fault instead of stopping at the
 * first. For one thread.
 */
final class SettingsReader {
    private static final Pattern AMOUNT = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*([A-Za-z]*)");
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
            1_024L,
            "mb",
            1_000_000L,
            "mib",
            1L << 20,
            "gb",
            1_000_000_000L,
            "gib",
            1L << 30);

    private final Map<String, String> file;
    private final Function<String, @Nullable String> environment;
    private final Map<String, String> defaults = new LinkedHashMap<>();
    private final List<String> faults = new ArrayList<>();

    /**
     * Settings from {@code file}, by key, each overridden by its variable in {@code environment}.
     */
    SettingsReader(Map<String, String> file, Function<String, @Nullable String> environment) {
        this.file = file;
        this.environment = environment;
    }

    /** The environment variable that overrides {@code key}. */
    static String variable(String key) {
        return "OFFLOAD_" + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /** Every key that was read, with its default as text. */
    Map<String, String> defaults() {
        return defaults;
    }

    /** All that is wrong, a sentence each. */
    List<String> faults() {
        return faults;
    }

    String text(String key, String preset) {
        defaults.put(key, preset);
        String value = environment.apply(variable(key));
        if (value == null || value.isBlank()) {
            value = file.get(key);
        }
        return value == null || value.isBlank() ? preset : value.strip();
    }

    /** A list: commas in a variable or in one line of the file, or a list in the file. */
    List<String> list(String key, String preset) {
        List<String> items = new ArrayList<>();
        for (int i = 0; file.containsKey(key + "." + i); i++) {
            items.add(file.get(key + "." + i));
        }
        String variable = environment.apply(variable(key));
        String text = text(key, preset);
        if (items.isEmpty() || variable != null && !variable.isBlank()) {
            items = List.of(text.split("\\s*,\\s*"));
        }
        return items.stream().map(String::strip).filter(item -> !item.isEmpty()).toList();
    }

    long number(String key, long preset, long least, long most) {
        String value = text(key, Long.toString(preset));
        try {
            long number = Long.parseLong(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below, like a number out of its range.
        }
        fault(key, value, "a whole number from " + least + " to " + most);
        return preset;
    }

    boolean flag(String key, boolean preset) {
        return choice(key, Boolean.toString(preset), List.of("true", "false")).equals("true");
    }

    String choice(String key, String preset, List<String> allowed) {
        String value = text(key, preset);
        String lower = value.toLowerCase(Locale.ROOT);
        if (allowed.contains(lower)) {
            return lower;
        }
        fault(key, value, "one of " + String.join(", ", allowed));
        return preset;
    }

    Duration duration(String key, String preset, Duration least, Duration most) {
        String value = text(key, preset);
        Long millis = amount(value, MILLIS);
        if (millis == null || millis < least.toMillis() || millis > most.toMillis()) {
            fault(key, value, "a time from " + words(least) + " to " + words(most) + ", such as 90, \"90 s\", \"5 m\"");
            return Duration.ofMillis(java.util.Objects.requireNonNull(amount(preset, MILLIS)));
        }
        return Duration.ofMillis(millis);
    }

    private static String words(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }

    long size(String key, String preset, long least, long most) {
        String value = text(key, preset);
        Long bytes = amount(value, BYTES);
        if (bytes == null || bytes < least || bytes > most) {
            fault(key, value, "a size from " + least + " to " + most + " bytes, such as 4194304 or \"4 MiB\"");
            return java.util.Objects.requireNonNull(amount(preset, BYTES));
        }
        return bytes;
    }

    private static @Nullable Long amount(String text, Map<String, Long> units) {
        Matcher parts = AMOUNT.matcher(text);
        Long unit = parts.matches() ? units.get(parts.group(2).toLowerCase(Locale.ROOT)) : null;
        return unit == null ? null : Math.round(Double.parseDouble(parts.group(1)) * unit);
    }

    @Nullable
    URI url(String key, String preset) {
        String value = text(key, preset);
        if (value.isEmpty()) {
            return null;
        }
        try {
            URI uri = new URI(value);
            boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            if (web && uri.getHost() != null && uri.getRawFragment() == null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Told below.
        }
        fault(key, value, "an absolute http or https URL");
        return null;
    }

    /** Whatever {@code parse} makes of the value; its {@link IllegalArgumentException} says what is wrong. */
    <T> T parsed(String key, String preset, Function<String, T> parse) {
        String value = text(key, preset);
        try {
            return parse.apply(value);
        } catch (IllegalArgumentException e) {
            faults.add(key + ": " + e.getMessage());
            return parse.apply(preset);
        }
    }

    void fault(String key, String value, String allowed) {
        faults.add(key + " is \"" + value + "\": it must be " + allowed);
    }
}
