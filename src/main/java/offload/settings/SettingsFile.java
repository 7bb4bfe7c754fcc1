package offload.settings;

import io.helidon.common.media.type.MediaTypes;
import io.helidon.config.Config;
import io.helidon.config.ConfigException;
import io.helidon.config.ConfigSources;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A YAML file of settings below one name, as flat text: {@code cors.origins.0} is the first item of the list
 * {@code origins} in the section {@code cors}. Helidon's configuration reads the values; the
 * order of the file, which it does not keep and which named upstreams need, and keys that are written twice, which it
 * lets pass, are looked up in the text.
 *
 * @param name how messages call it
 * @param values by key
 */
public record SettingsFile(String name, Map<String, String> values) {
    /** Twice what the deepest setting has. */
    private static final int MAX_DEPTH = 10;
    /** Helidon's configuration gives another text for what YAML takes for a date or a number, such as the version of an API. */
    private static final Pattern LIKE_A_NUMBER = Pattern.compile("[-+.\\d].*", Pattern.DOTALL);

    private static final String WRONG_TYPE = "a value is not of the type that its tag names";

    private static final Pattern WHOLE_NUMBER = Pattern.compile("[-+]?(?:0|[1-9][\\d_]*)");

    /** No file at all. */
    public static SettingsFile none() {
        return new SettingsFile("", Map.of());
    }

    /**
     * Reads the file called {@code named}, and in it what stands below {@code root}.
     *
     * @throws IOException with a sentence for the operator: the file cannot be read, or is no YAML of this kind
     */
    public static SettingsFile read(String named, String root) throws IOException {
        Path file = path(named);
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new IOException("there is no readable file " + file);
        }
        String text = text(file);
        Map<String, String> values = shape(file, text, root);
        Map<String, String> read = values.isEmpty() ? Map.of() : values(file, text, root);
        values.replaceAll(
                (key, written) -> LIKE_A_NUMBER.matcher(written).matches() ? written : read.getOrDefault(key, written));
        return new SettingsFile(file.toString(), values);
    }

    private static Path path(String named) throws IOException {
        try {
            return FileName.of(named);
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static String text(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new IOException(file + " is no text in UTF-8", e);
        }
    }

    /** Every key in the order of the file; what is written twice, or outside of {@code root}, is a fault. */
    private static Map<String, String> shape(Path file, String text, String root) throws IOException {
        Map<String, String> values = new LinkedHashMap<>();
        Object document = parse(file, text);
        if (isDeeper(document, MAX_DEPTH)) {
            throw new IOException(file + " is nested deeper than any setting; an alias (*name) in it may stand for what"
                    + " it is a part of");
        }
        if (document instanceof Map<?, ?> top) {
            for (Map.Entry<?, ?> entry : top.entrySet()) {
                if (!root.equals(entry.getKey())) {
                    throw new IOException(file + ": \"" + entry.getKey() + "\" stands outside of `" + root
                            + ":`; indent it below that line");
                }
                if (entry.getValue() != null && !(entry.getValue() instanceof Map)) {
                    throw new IOException(
                            file + ": `" + root + ":` must hold settings, each on a line of its own below it");
                }
                if (hasEmptyName(entry.getValue())) {
                    // Helidon takes it for the section itself, and fails with all values in what it says.
                    throw new IOException(file + " has an empty name, \"\", where that of a setting belongs");
                }
                flatten("", entry.getValue() == null ? Map.of() : entry.getValue(), values);
            }
        } else if (document != null) {
            throw new IOException(file + " must begin with `" + root + ":`");
        }
        return values;
    }

    private static Map<String, String> values(Path file, String text, String root) throws IOException {
        try {
            Config config = Config.builder(ConfigSources.create(text, MediaTypes.APPLICATION_X_YAML))
                    .disableEnvironmentVariablesSource()
                    .disableSystemPropertiesSource()
                    .disableValueResolving()
                    .disableKeyResolving()
                    .build();
            return config.get(root).detach().asMap().orElse(Map.of());
        } catch (ConfigException e) {
            // Its message and its causes may hold any value of the file, and some are secrets.
            throw new IOException(file + " is no readable YAML: " + WRONG_TYPE);
        }
    }

    private static @Nullable Object parse(Path file, String text) throws IOException {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setMaxAliasesForCollections(20);
        Yaml yaml = new Yaml(new NumbersAsWritten(options));
        try {
            return yaml.load(text);
        } catch (MarkedYAMLException e) {
            throw new IOException(file + " is no readable YAML: " + place(e));
        } catch (YAMLException e) {
            throw new IOException(file + " is no readable YAML: " + e.getMessage());
        } catch (RuntimeException e) {
            throw new IOException(file + " is no readable YAML: " + WRONG_TYPE);
        }
    }

    /** A version 1.10 is not 1.1, a secret 0123 not 83, and 12:30 no number to whoever wrote it. */
    private static final class NumbersAsWritten extends SafeConstructor {
        NumbersAsWritten(LoaderOptions options) {
            super(options);
            ConstructYamlStr text = new ConstructYamlStr();
            ConstructYamlInt number = new ConstructYamlInt();
            yamlConstructors.put(Tag.TIMESTAMP, text);
            yamlConstructors.put(Tag.FLOAT, text);
            // No setting is one; Helidon's configuration gives the name of a place in memory for it.
            yamlConstructors.put(Tag.BINARY, undefinedConstructor);
            yamlConstructors.put(Tag.INT, new AbstractConstruct() {
                @Override
                public Object construct(Node node) {
                    boolean whole = node instanceof ScalarNode scalar
                            && WHOLE_NUMBER.matcher(scalar.getValue()).matches();
                    return (whole ? number : text).construct(node);
                }
            });
        }
    }

    /** What is wrong and where, without the text that stands there: it may be a secret. */
    private static String place(MarkedYAMLException e) {
        String problem = String.valueOf(e.getProblem()).replaceFirst("(alias|anchor|tag) .*", "$1");
        Mark mark = e.getProblemMark();
        return mark == null
                ? problem
                : problem + " in line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1);
    }

    private static boolean isDeeper(@Nullable Object value, int levels) {
        return switch (value) {
            case Map<?, ?> section ->
                levels == 0 || section.values().stream().anyMatch(inner -> isDeeper(inner, levels - 1));
            case List<?> items -> levels == 0 || items.stream().anyMatch(inner -> isDeeper(inner, levels - 1));
            case null, default -> false;
        };
    }

    private static boolean hasEmptyName(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> section ->
                section.containsKey("") || section.values().stream().anyMatch(SettingsFile::hasEmptyName);
            case List<?> items -> items.stream().anyMatch(SettingsFile::hasEmptyName);
            case null, default -> false;
        };
    }

    private static void flatten(String key, @Nullable Object value, Map<String, String> into) {
        switch (value) {
            case null -> into.put(key, "");
            case Map<?, ?> section -> {
                if (!key.isEmpty()) {
                    into.put(key, "");
                }
                section.forEach((name, inner) -> flatten(join(key, String.valueOf(name)), inner, into));
            }
            case List<?> items -> {
                into.put(key, "");
                for (int i = 0; i < items.size(); i++) {
                    flatten(join(key, Integer.toString(i)), items.get(i), into);
                }
            }
            default -> into.put(key, value.toString());
        }
    }

    private static String join(String section, String name) {
        return section.isEmpty() ? name : section + "." + name;
    }
}
