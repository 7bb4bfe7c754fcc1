package offload.console;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The console as a person uses it: clicks, typing, reloads, lost networks, killed servers, hostile answers. */
class ConsoleIT {

    @TestFactory
    Stream<DynamicTest> the_console_in_a_real_browser() {
        return BrowserSuite.run(List.of("suite.mjs", "beside.mjs"), "");
    }
}
