package offload.e2e;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;

/**
 * A file of cases. A case with {@code each} stands for one case per value, which takes the place of <code>${each}</code>.
 *
 * @param title the section's
 * @param servers by name, what their configuration has beside the defaults
 * @param cases in the order of the file
 */
record CaseFile(String title, Map<String, Map<String, Object>> servers, List<ContractCase> cases) {

    static CaseFile load(Path file) throws IOException {
        try (Reader reader = Files.newBufferedReader(file)) {
            Map<String, Object> whole = new Yaml().load(reader);
            checkKeys(whole);
            List<ContractCase> cases = new ArrayList<>();
            list(whole.get("cases")).forEach(one -> expand(map(one), cases));
            Map<String, Map<String, Object>> servers = new LinkedHashMap<>();
            map(whole.get("servers")).forEach((name, keys) -> servers.put(name, map(keys)));
            return new CaseFile(String.valueOf(whole.get("title")), servers, cases);
        }
    }

    /** YAML takes {@code on}, {@code off}, {@code yes} and {@code no} for truths, and nobody would look such a key up. */
    private static void checkKeys(@Nullable Object tree) {
        if (tree instanceof Map<?, ?> members) {
            members.forEach((key, value) -> {
                if (key instanceof Boolean) {
                    throw new AssertionError("a key is the truth value " + key + " in " + members);
                }
                checkKeys(value);
            });
        } else if (tree instanceof List<?> items) {
            items.forEach(CaseFile::checkKeys);
        }
    }

    private static void expand(Map<String, Object> one, List<ContractCase> cases) {
        switch (one.get("each")) {
            case null -> cases.add(read(one, ""));
            case Map<?, ?> pairs ->
                pairs.forEach((key, value) -> cases.add(read(
                        replaced(one, Map.of("each.key", key, "each.value", String.valueOf(value))),
                        " [" + key + ": " + value + "]")));
            case Object values ->
                list(values)
                        .forEach(value -> cases.add(
                                read(replaced(one, Map.of("each", String.valueOf(value))), " [" + value + "]")));
        }
    }

    private static ContractCase read(Map<String, Object> one, String suffix) {
        List<Map<String, Object>> steps =
                list(one.get("do")).stream().map(CaseFile::map).toList();
        String server = String.valueOf(one.getOrDefault("server", "main"));
        int tries = Integer.parseInt(String.valueOf(one.getOrDefault("tries", 1)));
        return new ContractCase(one.get("name") + suffix, server, tries, list(one.get("upstream")), steps);
    }

    private static Map<String, Object> replaced(Map<String, Object> one, Map<String, ?> values) {
        Map<String, Object> copy = new LinkedHashMap<>(one);
        copy.remove("each");
        return map(mapStrings(copy, text -> {
            String filled = text;
            for (Map.Entry<String, ?> value : values.entrySet()) {
                filled = filled.replace("${" + value.getKey() + "}", String.valueOf(value.getValue()));
            }
            return filled;
        }));
    }

    /** A copy of a tree of maps, lists and scalars with every string in it, keys too, changed. */
    static @Nullable Object mapStrings(@Nullable Object tree, UnaryOperator<String> change) {
        return switch (tree) {
            case String text -> change.apply(text);
            case Map<?, ?> members -> {
                Map<String, @Nullable Object> copy = new LinkedHashMap<>();
                members.forEach((key, value) -> copy.put(change.apply(String.valueOf(key)), mapStrings(value, change)));
                yield copy;
            }
            case List<?> items -> {
                List<@Nullable Object> copy = new ArrayList<>();
                items.forEach(item -> copy.add(mapStrings(item, change)));
                yield copy;
            }
            case null, default -> tree;
        };
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(@Nullable Object value) {
        return value == null ? Map.of() : (Map<String, Object>) value;
    }

    static List<?> list(@Nullable Object value) {
        return value == null ? List.of() : (List<?>) value;
    }
}
