package offload.console;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** What takes longer than a suite should: speed, Lighthouse, and the programs that the console writes. */
@EnabledIfSystemProperty(named = "console.long", matches = "true", disabledReason = "run by scripts/console-test")
class ConsoleLongIT {

    @TestFactory
    @Timeout(value = 1, unit = TimeUnit.HOURS) // what hangs is ended long before
    Stream<DynamicTest> the_console_under_load_and_under_audit() {
        return BrowserSuite.run(List.of("long.mjs"), "", "lighthouse");
    }
}
