package offload.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

/** What went wrong in the browser fails here, whoever noticed it. */
class TapReportTest {

    @Test
    void a_run_whose_tests_pass_and_that_comes_to_its_end_has_no_failure() {
        assertEquals(List.of(), failures(List.of("ok 1 - a", "ok 2 - b", "1..2"), 0));
    }

    @Test
    void a_test_that_fails_is_the_one_failure_though_its_run_fails_too() {
        assertEquals(List.of("b"), failures(List.of("ok 1 - a", "not ok 2 - b", "1..2"), 1));
    }

    @Test
    void a_run_that_broke_off_is_a_failure() {
        assertEquals(List.of("every test of s.mjs came to its end"), failures(List.of("ok 1 - a"), 0));
        assertEquals(List.of("every test of s.mjs came to its end"), failures(List.of("1..0"), 0));
    }

    @Test
    void a_run_that_fails_though_no_test_does_is_a_failure() {
        assertEquals(List.of("every test of s.mjs came to its end"), failures(List.of("ok 1 - a", "1..1"), 1));
    }

    private static List<String> failures(List<String> lines, int exit) {
        Predicate<DynamicTest> fails = test -> {
            try {
                test.getExecutable().execute();
                return false;
            } catch (AssertionFailedError e) {
                return true;
            } catch (Throwable e) {
                throw new AssertionError(e);
            }
        };
        return TapReport.read(lines, exit)
                .tests("s.mjs")
                .filter(fails)
                .map(DynamicTest::getDisplayName)
                .toList();
    }
}
