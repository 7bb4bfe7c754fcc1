package offload.console;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** The documentation's browser examples, XMLHttpRequest with credentials and EventSource, from a page of another origin. */
class CrossOriginIT {

    @TestFactory
    @Timeout(value = 1, unit = TimeUnit.HOURS) // what hangs is ended long before
    Stream<DynamicTest> the_browser_examples_from_another_origin() {
        return BrowserSuite.run(List.of("cross-origin.mjs"), "");
    }
}
