package offload.house;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Whom an alert wakes finds under its name what to do: the rules send him to the page of operations. */
class AlertsInDocsTest {
    private static final Pattern RULE = Pattern.compile("(?m)^ *- alert: (\\w+)$");
    private static final Pattern REMEDY = Pattern.compile("`(Offload[A-Z]\\w+)`(?=.*\\|.+\\|)");

    @Test
    void every_alert_has_its_remedy_and_every_remedy_its_alert() {
        assertEquals(names(RULE, "config/alerts.yaml"), names(REMEDY, "src/docs/operations.md"));
    }

    private static List<String> names(Pattern pattern, String file) {
        return pattern.matcher(Checkout.read(Path.of(file)))
                .results()
                .map(found -> found.group(1))
                .sorted()
                .toList();
    }
}
