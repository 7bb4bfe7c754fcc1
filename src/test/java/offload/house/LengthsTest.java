package offload.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodTree;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A file has one owner and few lines, a function fits a screen, a constructor takes what one thing can need. */
class LengthsTest {
    private static final int LONGEST_FILE = 250;
    private static final int MEDIAN_FILE = 70;
    private static final int LONGEST_FUNCTION = 40;
    private static final int MEDIAN_FUNCTION = 10;
    private static final int MOST_PARAMETERS = 6;
    private static final int LONGEST_SCRIPT = 60;

    @Test
    void no_java_file_is_longer_than_250_lines() {
        List<String> faults = everything()
                .filter(source -> source.lines() > LONGEST_FILE)
                .map(source -> source.path() + " has " + source.lines() + " lines")
                .toList();
        assertEquals(List.of(), faults);
    }

    @Test
    void no_file_of_the_console_is_longer_than_250_lines() {
        assertEquals(List.of(), longerThan(LONGEST_FILE, "src/main/resources/console"));
    }

    @Test
    void no_script_is_longer_than_60_lines() {
        assertEquals(List.of(), longerThan(LONGEST_SCRIPT, "scripts"));
        assertEquals(List.of(), longerThan(LONGEST_SCRIPT, ".ci"));
    }

    @Test
    void half_of_the_files_have_fewer_than_70_lines() {
        long median = median(Checkout.MAIN.stream()
                .filter(source -> !source.isPackageInfo())
                .map(Source::lines)
                .toList());
        assertTrue(median < MEDIAN_FILE, "the median is " + median);
    }

    @Test
    void no_function_is_longer_than_40_lines() {
        List<String> faults = new ArrayList<>();
        everything()
                .forEach(source -> eachFunction(source, (name, lines) -> {
                    if (lines > LONGEST_FUNCTION) {
                        faults.add(name + " has " + lines + " lines");
                    }
                }));
        assertEquals(List.of(), faults);
    }

    @Test
    void half_of_the_functions_have_fewer_than_10_lines() {
        List<Integer> all = new ArrayList<>();
        Checkout.MAIN.forEach(source -> eachFunction(source, (_, lines) -> all.add(lines)));
        assertTrue(median(all) < MEDIAN_FUNCTION, "the median is " + median(all));
    }

    /** Records are left out: their components are the columns of a row, not things that work together. */
    @Test
    void no_constructor_takes_more_than_six_things() {
        List<String> faults = new ArrayList<>();
        for (Source source : everything().toList()) {
            for (MethodTree method : source.all(MethodTree.class)) {
                int parameters = method.getParameters().size();
                if (method.getReturnType() == null && parameters > MOST_PARAMETERS) {
                    faults.add(source.placeOf(method) + " takes " + parameters);
                }
            }
        }
        assertEquals(List.of(), faults);
    }

    @Test
    void a_look_at_the_sources_measures_them() {
        List<String> names = new ArrayList<>();
        Checkout.MAIN.forEach(source -> eachFunction(source, (name, _) -> names.add(name)));
        assertTrue(names.stream().anyMatch(name -> name.endsWith(" take")), "UpstreamKey.take was not measured");
    }

    private static Stream<Source> everything() {
        return Stream.concat(Checkout.MAIN.stream(), Checkout.TESTS.stream());
    }

    private static List<String> longerThan(int limit, String folder) {
        List<String> faults = new ArrayList<>();
        for (Path path : Checkout.files()) {
            if (path.startsWith(folder)) {
                long lines = Checkout.read(path).lines().count();
                if (lines > limit) {
                    faults.add(path + " has " + lines + " lines");
                }
            }
        }
        return faults;
    }

    private static long median(List<Integer> values) {
        return values.isEmpty()
                ? 0
                : values.stream().sorted().toList().get(values.size() / 2).longValue();
    }

    /** Methods, constructors, and lambdas with a body in braces, each with the place it stands at and its lines. */
    private static void eachFunction(Source source, BiConsumer<String, Integer> measure) {
        for (MethodTree method : source.all(MethodTree.class)) {
            measure.accept(source.placeOf(method) + " " + method.getName(), source.linesWithoutAnnotations(method));
        }
        for (LambdaExpressionTree lambda : source.all(LambdaExpressionTree.class)) {
            if (lambda.getBodyKind() == LambdaExpressionTree.BodyKind.STATEMENT) {
                measure.accept(source.placeOf(lambda) + " a lambda", source.linesOf(lambda));
            }
        }
    }
}
