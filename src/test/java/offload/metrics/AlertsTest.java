package offload.metrics;

import static org.junit.jupiter.api.Assertions.assertTrue;

import offload.testing.Promtool;
import org.junit.jupiter.api.Test;

/** What the rules of {@code config/alerts.yaml} tell, by Prometheus's own judgement; the cases stand in its form. */
class AlertsTest {
    @Test
    void each_rule_tells_what_it_is_for_and_nothing_of_who_is_well() throws Exception {
        String said = Promtool.run("", "test", "rules", "src/test/resources/offload/metrics/alerts.yaml");
        assertTrue(said.endsWith("exit 0"), said);
    }
}
