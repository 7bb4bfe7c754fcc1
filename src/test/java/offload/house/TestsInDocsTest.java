package offload.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A page that says which test holds a promise names one that is there, in the room where it says. */
class TestsInDocsTest {
    private static final Pattern NAMED = Pattern.compile("`((?:[a-z0-9]+/)*[A-Z]\\w*(?:Test|IT))`");

    @Test
    void every_test_that_a_document_names_lies_where_it_says() {
        List<String> named = Checkout.files().stream()
                .filter(file -> file.toString().endsWith(".md"))
                .flatMap(file -> NAMED.matcher(Checkout.read(file)).results().map(found -> found.group(1)))
                .distinct()
                .toList();
        assertFalse(named.isEmpty(), "no test is named");
        List<Path> tests = Checkout.TESTS.stream().map(Source::path).toList();
        assertEquals(
                List.of(),
                named.stream()
                        .filter(name -> tests.stream().noneMatch(test -> test.endsWith(name + ".java")))
                        .toList());
    }
}
