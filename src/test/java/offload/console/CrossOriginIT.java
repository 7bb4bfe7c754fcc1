package offload.console;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The documentation's browser examples, XMLHttpRequest with credentials and EventSource, from a page of another origin. */
class CrossOriginIT {

    @TestFactory
    Stream<DynamicTest> the_browser_examples_from_another_origin() {
        return BrowserSuite.run(List.of("cross-origin.mjs"), "");
    }
}
