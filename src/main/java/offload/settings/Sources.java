package offload.settings;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where settings come from: a variable of the environment before the file before the default; secrets also from a file
 * that the variable {@code ..._FILE} names. It remembers what was looked up and what was wrong. For one thread.
 */
final class Sources {
    /** The source of what is set nowhere. */
    static final String DEFAULT = "default";

    private static final int LONGEST_SECRET = 64 * 1024;

    private final SettingsFile file;
    private final Function<String, @Nullable String> environment;
    private final Map<String, Setting> found = new LinkedHashMap<>();
    private final List<String> faults = new ArrayList<>();

    Sources(SettingsFile file, Function<String, @Nullable String> environment) {
        this.file = file;
        this.environment = environment;
    }

    static String variable(String key) {
        return "OFFLOAD_" + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    SettingsFile file() {
        return file;
    }

    /** What was looked up, by key. */
    Map<String, Setting> found() {
        return found;
    }

    List<String> faults() {
        return faults;
    }

    /** The variable's value; null where it is unset or blank. */
    @Nullable
    String inEnvironment(String variable) {
        String value = environment.apply(variable);
        return value == null || value.isBlank() ? null : value.strip();
    }

    /** Whether a list is given, and empty: by its variable, else by the file. */
    boolean isLeftEmpty(String key) {
        String variable = environment.apply(variable(key));
        String written = variable == null && !file.values().containsKey(key + ".0")
                ? file.values().get(key)
                : variable;
        return written != null && written.isBlank();
    }

    Setting look(String key, String preset) {
        String variable = variable(key);
        String value = inEnvironment(variable);
        if (value != null) {
            return keep(key, value, variable, false);
        }
        String written = file.values().get(key);
        return written == null || written.isBlank()
                ? keep(key, preset, DEFAULT, false)
                : keep(key, written.strip(), file.name(), false);
    }

    Setting lookSecret(String key) {
        String variable = variable(key);
        String pointer = inEnvironment(variable + "_FILE");
        Setting direct = look(key, "");
        if (pointer == null) {
            return keep(key, direct.value(), direct.source(), true);
        }
        if (direct.source().equals(variable)) {
            faults.add(key + ": both " + variable + " and " + variable + "_FILE are set; unset one of them");
        }
        return keep(key, content(key, variable, pointer), variable + "_FILE", true);
    }

    private String content(String key, String variable, String pointer) {
        try {
            Path path = Path.of(pointer);
            if (Files.size(path) > LONGEST_SECRET) {
                throw new IOException("it is larger than " + LONGEST_SECRET + " bytes");
            }
            String text = Files.readString(path).strip();
            if (text.isEmpty()) {
                throw new IOException("it is empty");
            }
            return text;
        } catch (IOException | RuntimeException e) {
            faults.add(key + ": " + variable + "_FILE names \"" + pointer + "\", which cannot be used: " + reason(e));
            return "";
        }
    }

    /** In words, where the exception has none: only the name again, or the length of what it could not decode. */
    private static String reason(Exception e) {
        return switch (e) {
            case NoSuchFileException _ -> "there is no such file";
            case AccessDeniedException _ -> "this user may not read it";
            case CharacterCodingException _ -> "it is not in UTF-8";
            default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        };
    }

    Setting keep(String key, String value, String source, boolean secret) {
        Setting setting = new Setting(key, value, source, secret);
        found.put(key, setting);
        return setting;
    }
}
