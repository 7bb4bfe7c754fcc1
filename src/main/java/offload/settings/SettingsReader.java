package offload.settings;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads settings by key, environment before file before default, and remembers every fault instead of stopping at the
 * first. For one thread.
 */
public final class SettingsReader {
    private static final Pattern USER_INFO = Pattern.compile("[^/?#]*//[^/?#]*@");

    private static final List<String> NONE = List.of("none");

    private final Sources sources;
    private final Map<String, String> defaults = new LinkedHashMap<>();
    private final Set<String> sections = new LinkedHashSet<>();
    private final Set<String> lists = new LinkedHashSet<>();

    /** Settings from {@code file}, each overridden by its variable in {@code environment}. */
    public SettingsReader(SettingsFile file, Function<String, @Nullable String> environment) {
        this.sources = new Sources(file, environment);
    }

    /** The environment variable that overrides {@code key}. */
    public static String variable(String key) {
        return Sources.variable(key);
    }

    /** Every key that was read, with its default as text. */
    public Map<String, String> defaults() {
        return defaults;
    }

    /** Every setting that was read, as it is in force, in the order of reading. */
    public List<Setting> settings() {
        return List.copyOf(sources.found().values());
    }

    /** All that is wrong, a sentence each: values that cannot be used, and keys in the file that nothing reads. */
    public List<String> faults() {
        List<String> all = new ArrayList<>(sources.faults());
        Set<String> written = sources.file().values().keySet();
        for (String key : written) {
            String whole = key.replaceFirst("\\.\\d+$", "");
            boolean known = defaults.containsKey(key) || sections.contains(key) || lists.contains(whole);
            if (!known && defaults.containsKey(whole)) {
                all.add(whole + " is a list in the file: it must be one value, in one line");
            } else if (!known && !isSection(key, defaults.keySet()) && !isSection(key, written)) {
                all.add(key + " is no setting" + Suggestion.of(key, defaults.keySet()));
            }
        }
        return all.stream().distinct().toList();
    }

    private boolean isSection(String key, Set<String> keys) {
        return Objects.requireNonNullElse(sources.file().values().get(key), "").isEmpty()
                && keys.stream().anyMatch(other -> other.startsWith(key + "."));
    }

    /** The text of {@code key}. */
    public String text(String key, String preset) {
        defaults.put(key, preset);
        return sources.look(key, preset).value();
    }

    /** The text of {@code key}, which nobody may see; empty where it is not set. */
    public String secret(String key) {
        defaults.put(key, "");
        return sources.lookSecret(key).value();
    }

    /** Whether {@code key}, which was read before, is set anywhere. */
    public boolean isSet(String key) {
        Setting setting = sources.found().get(key);
        return setting != null && !setting.source().equals(Sources.DEFAULT);
    }

    /** The names of the sections below {@code key} in the file, in its order, and of those in its variable. */
    public List<String> sections(String key) {
        Set<String> names = new LinkedHashSet<>();
        for (String known : sources.file().values().keySet()) {
            if (known.startsWith(key + ".")) {
                names.add(known.substring(key.length() + 1).split("\\.", 2)[0]);
            }
        }
        String variable = sources.inEnvironment(variable(key));
        if (variable != null) {
            names.addAll(List.of(variable.split("\\s*,\\s*")));
        }
        sections.add(key);
        return List.copyOf(names);
    }

    /**
     * A list: commas in a variable or in one line of the file, or a list in the file. Where the preset names something,
     * {@code none} is the empty list, and an empty value a fault: whoever wrote it meant nothing, not what is preset.
     */
    public List<String> list(String key, String preset) {
        lists.add(key);
        List<String> items = new ArrayList<>();
        for (int i = 0; sources.file().values().containsKey(key + "." + i); i++) {
            items.add(Objects.requireNonNull(sources.file().values().get(key + "." + i)));
        }
        String text = text(key, preset);
        if (items.isEmpty() || sources.inEnvironment(variable(key)) != null) {
            items = List.of(text.split("\\s*,\\s*"));
        } else {
            sources.keep(key, String.join(", ", items), sources.file().name(), false);
        }
        List<String> named = items.stream()
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
        if (preset.isEmpty()) {
            return named;
        }
        if (named.isEmpty() || sources.isLeftEmpty(key)) {
            fault(key, "", "`none`, or what it shall hold");
        }
        return named.equals(NONE) ? List.of() : named;
    }

    /** The same of networks and whatever else {@code parse} reads from the items with commas between them. */
    public <T> T parsedList(String key, String preset, Function<String, T> parse) {
        return parsed(key, String.join(", ", list(key, preset)), preset, parse);
    }

    /** A whole number within bounds. */
    public long number(String key, long preset, long least, long most) {
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

    /** Yes or no. */
    public boolean flag(String key, boolean preset) {
        return choice(key, Boolean.toString(preset), List.of("true", "false")).equals("true");
    }

    /** An address to listen on. One of IPv6 may stand in brackets, as in URLs. */
    public String host(String key, String preset) {
        String value = text(key, preset);
        return value.startsWith("[") && value.endsWith("]") ? value.substring(1, value.length() - 1) : value;
    }

    /** One of the allowed words, in lower case. */
    public String choice(String key, String preset, List<String> allowed) {
        String value = text(key, preset);
        String lower = value.toLowerCase(Locale.ROOT);
        if (allowed.contains(lower)) {
            return lower;
        }
        fault(key, value, "one of " + String.join(", ", allowed));
        return preset;
    }

    /** One of the constants that {@code preset} is one of, by its name in any case. */
    public <E extends Enum<E>> E choice(String key, E preset) {
        List<E> all = List.of(preset.getDeclaringClass().getEnumConstants());
        List<String> words =
                all.stream().map(one -> one.name().toLowerCase(Locale.ROOT)).toList();
        return all.get(words.indexOf(choice(key, words.get(all.indexOf(preset)), words)));
    }

    /** A time within bounds. */
    public Duration duration(String key, String preset, Duration least, Duration most) {
        String value = text(key, preset);
        Long millis = Amount.millis(value);
        if (millis == null || millis < least.toMillis() || millis > most.toMillis()) {
            fault(key, value, "a time from " + words(least) + " to " + words(most) + ", such as 90, \"90 s\", \"5 m\"");
            return Duration.ofMillis(Objects.requireNonNull(Amount.millis(preset)));
        }
        return Duration.ofMillis(millis);
    }

    private static String words(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }

    /** A number of bytes within bounds. */
    public long size(String key, String preset, long least, long most) {
        String value = text(key, preset);
        Long bytes = Amount.bytes(value);
        if (bytes == null || bytes < least || bytes > most) {
            fault(key, value, "a size from " + least + " to " + most + " bytes, such as 4194304 or \"4 MiB\"");
            return Objects.requireNonNull(Amount.bytes(preset));
        }
        return bytes;
    }

    /** A URL as text, without user info: one that has some is a fault, and is shown to nobody. */
    public String urlText(String key, String preset) {
        String value = text(key, preset);
        if (!USER_INFO.matcher(value).lookingAt()) {
            return value;
        }
        sources.keep(key, value, sources.look(key, preset).source(), true);
        sources.faults().add(key + " holds a name or password (name:password@): it must be a URL without one");
        return preset;
    }

    /** Whatever {@code parse} makes of the value; its {@link IllegalArgumentException} says what is wrong. */
    public <T> T parsed(String key, String preset, Function<String, T> parse) {
        return parsed(key, text(key, preset), preset, parse);
    }

    /** The same of a URL, see {@link #urlText}. */
    public <T> T parsedUrl(String key, String preset, Function<String, T> parse) {
        return parsed(key, urlText(key, preset), preset, parse);
    }

    /** The same of a secret. Messages of {@code parse} must not hold it. */
    public <T> T parsedSecret(String key, Function<String, T> parse) {
        return parsed(key, secret(key), "", parse);
    }

    private <T> T parsed(String key, String value, String preset, Function<String, T> parse) {
        try {
            return parse.apply(value);
        } catch (IllegalArgumentException e) {
            sources.faults().add(key + ": " + e.getMessage());
            return parse.apply(preset);
        }
    }

    /** Notes that {@code key} cannot be {@code value}. */
    public void fault(String key, String value, String allowed) {
        sources.faults().add(key + " is \"" + value + "\": it must be " + allowed);
    }
}
