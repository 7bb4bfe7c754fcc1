package offload.console;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * What Node's test runner printed (Test Anything Protocol, version 13): a line for each test, and below it what it has to
 * say. A report whose plan ({@code 1..N}) is missing or does not fit, or a run that fails though no test does, is a failure of its own:
 * the run broke off.
 *
 * @param results one for each test, in order
 * @param planned how many there should be; -1 if the plan is missing
 * @param exit what the run ended with
 * @param rest the whole output
 */
record TapReport(List<Result> results, int planned, int exit, String rest) {
    private static final Pattern RESULT = Pattern.compile("(not )?ok \\d+ - (.*?)(?: # SKIP.*)?");
    private static final Pattern PLAN = Pattern.compile("1\\.\\.(\\d+)");

    /** One test: its name, whether it passed, and what was printed about it. */
    record Result(String name, boolean passed, StringBuilder words) {}

    static TapReport read(List<String> lines, int exit) {
        List<Result> results = new ArrayList<>();
        int planned = -1;
        for (String line : lines) {
            Matcher result = RESULT.matcher(line);
            Matcher plan = PLAN.matcher(line);
            if (result.matches()) {
                results.add(new Result(result.group(2), result.group(1) == null, new StringBuilder()));
            } else if (plan.matches()) {
                planned = Integer.parseInt(plan.group(1));
            } else if (!results.isEmpty()) {
                results.getLast().words().append(line).append('\n');
            }
        }
        return new TapReport(results, planned, exit, String.join("\n", lines));
    }

    /** @param script whose report this is */
    Stream<DynamicTest> tests(String script) {
        DynamicTest whole = DynamicTest.dynamicTest("every test of " + script + " came to its end", () -> {
            boolean failed = exit != 0 && results.stream().allMatch(Result::passed);
            if (results.isEmpty() || planned != results.size() || failed) {
                fail("the run broke off:\n" + rest);
            }
        });
        return Stream.concat(Stream.of(whole), results.stream().map(TapReport::test));
    }

    private static DynamicTest test(Result result) {
        return DynamicTest.dynamicTest(result.name(), () -> {
            if (!result.passed()) {
                fail(result.words().toString());
            }
        });
    }
}
