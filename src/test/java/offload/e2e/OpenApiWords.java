package offload.e2e;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What the server says in words of its own, a {@code README} or an error, with N for whatever number. Stateless. */
final class OpenApiWords {
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    private OpenApiWords() {}

    /** Those of an answer itself: what is within it may be the description. */
    static Set<String> of(Answer answer) {
        Set<String> words = new TreeSet<>();
        boolean json = answer.body().length > 0
                && String.valueOf(answer.head().header("Content-Type")).startsWith("application/json");
        if (json && answer.json() instanceof JsonObject said) {
            add(said, words);
        }
        return words;
    }

    /** Those in a description, wherever in it they stand. */
    static Set<String> in(JsonValue description) {
        Set<String> words = new TreeSet<>();
        collect(description, words);
        return words;
    }

    private static void collect(JsonValue node, Set<String> words) {
        if (node instanceof JsonArray list) {
            list.forEach(element -> collect(element, words));
        }
        if (node instanceof JsonObject object) {
            add(object, words);
            if (!isStatus(object)) {
                object.values().forEach(member -> collect(member, words));
            }
        }
    }

    private static void add(JsonObject said, Set<String> words) {
        if (said.get("README") instanceof JsonString readme) {
            words.add(withoutNumbers(readme));
        }
        if (!isStatus(said)
                && said.get("error") instanceof JsonObject error
                && error.get("message") instanceof JsonString) {
            words.add(withoutNumbers(error));
        }
    }

    /** What it says of an error may be the upstream's words. */
    private static boolean isStatus(JsonObject said) {
        return said.get("state") instanceof JsonString;
    }

    private static String withoutNumbers(JsonValue said) {
        return NUMBER.matcher(said.toString()).replaceAll("N");
    }
}
