package offload.console;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** The console as a person uses it: clicks, typing, reloads, lost networks, killed servers, hostile answers. */
class ConsoleIT {

    @TestFactory
    @Timeout(value = 1, unit = TimeUnit.HOURS) // what hangs is ended long before
    Stream<DynamicTest> the_console_in_a_real_browser() {
        return BrowserSuite.run(List.of("suite.mjs", "beside.mjs"), "");
    }
}
