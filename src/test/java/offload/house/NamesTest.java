package offload.house;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Names say what a thing is; nothing is left for later, switched off, or waiting for time to pass. */
class NamesTest {
    private static final Set<String> EMPTY_WORDS =
            Set.of("util", "utils", "utility", "common", "commons", "manager", "helper", "helpers", "impl", "misc");
    private static final Pattern LEFT_FOR_LATER = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X|HA" + "CK)\\b");
    private static final Set<String> TEXT =
            Set.of("java", "md", "yaml", "yml", "js", "css", "html", "xml", "json", "sh");

    @Test
    void no_package_has_an_empty_name() {
        List<String> faults = new ArrayList<>();
        everything().forEach(source -> {
            for (String part : source.packageName().split("\\.")) {
                if (EMPTY_WORDS.contains(part) || part.matches("services?")) {
                    faults.add(source.path() + " in " + source.packageName());
                }
            }
        });
        assertEquals(List.of(), faults);
    }

    /** A service key is a term of the contract; what calls itself a service says nothing of what it does. */
    @Test
    void no_type_has_an_empty_name() {
        List<String> faults = find(ClassTree.class, type -> {
            List<String> words = wordsOf(type.getSimpleName().toString());
            return words.stream().anyMatch(EMPTY_WORDS::contains)
                    || words.getLast().equals("service");
        });
        assertEquals(List.of(), faults);
    }

    @Test
    void nothing_is_left_for_later() {
        List<String> faults = new ArrayList<>();
        for (Path path : Checkout.files()) {
            if (isText(path) && LEFT_FOR_LATER.matcher(Checkout.read(path)).find()) {
                faults.add(path.toString());
            }
        }
        assertEquals(List.of(), faults);
    }

    @Test
    void no_test_is_switched_off() {
        assertEquals(
                List.of(),
                find(
                        AnnotationTree.class,
                        tree -> tree.getAnnotationType().toString().endsWith("Disabled")));
    }

    @Test
    void nothing_waits_for_time_to_pass() {
        List<String> faults = find(
                MethodInvocationTree.class,
                tree -> tree.getMethodSelect() instanceof MemberSelectTree select
                        && select.getIdentifier().contentEquals("sleep"));
        assertEquals(List.of(), faults);
    }

    private static Stream<Source> everything() {
        return Stream.concat(Checkout.MAIN.stream(), Checkout.TESTS.stream());
    }

    private static boolean isText(Path path) {
        String name = path.getFileName().toString();
        return path.startsWith("scripts") || TEXT.contains(name.substring(name.lastIndexOf('.') + 1));
    }

    /** {@code SseDecoder} is sse, decoder. */
    private static List<String> wordsOf(String typeName) {
        return Arrays.stream(typeName.split("(?<=[a-z0-9])(?=[A-Z])|_"))
                .map(word -> word.toLowerCase(Locale.ROOT))
                .toList();
    }

    private static <T extends Tree> List<String> find(Class<T> kind, Predicate<T> isFault) {
        return everything()
                .flatMap(source -> source.all(kind).stream().filter(isFault).map(source::placeOf))
                .toList();
    }
}
