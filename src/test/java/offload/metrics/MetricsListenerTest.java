package offload.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import offload.testing.RawHttp;
import org.junit.jupiter.api.Test;

class MetricsListenerTest {
    private static final List<Family> FAMILIES = List.of(
            new Counters("ends_total", "Ends.", "how", List.of("well", "badly")),
            Reading.gauge("free_bytes", "Free.", () -> Double.NaN),
            Reading.gauge("load", "Load.", () -> 1.5e-7));

    /** What cannot be had is left out: an alert on NaN never fires. What has not happened yet is 0, or it has no rate. */
    @Test
    void what_cannot_be_had_is_left_out_and_what_never_was_is_there() throws Exception {
        try (MetricsListener listener = new MetricsListener("127.0.0.1", 0, FAMILIES)) {
            URI metrics = URI.create("http://127.0.0.1:" + listener.port() + "/metrics");
            RawHttp.Response answer = RawHttp.exchange("GET", metrics, null);
            assertEquals(200, answer.status());
            assertEquals("""
                    # HELP ends_total Ends.
                    # TYPE ends_total counter
                    ends_total{how="badly"} 0
                    ends_total{how="well"} 0
                    # HELP load Load.
                    # TYPE load gauge
                    load 0.00000015
                    """, answer.text());
            for (String method : List.of("GET", "POST")) {
                RawHttp.Response elsewhere = RawHttp.exchange(method, metrics.resolve("/"), null);
                assertEquals(404, elsewhere.status());
                assertEquals("Metrics are at GET /metrics.\n", elsewhere.text());
            }
        }
    }

    @Test
    void an_address_that_is_taken_is_named() throws Exception {
        try (MetricsListener first = new MetricsListener("127.0.0.1", 0, FAMILIES)) {
            IOException refused =
                    assertThrows(IOException.class, () -> new MetricsListener("127.0.0.1", first.port(), FAMILIES));
            String said = "metrics: cannot listen on 127.0.0.1:" + first.port() + ": ";
            assertTrue(String.valueOf(refused.getMessage()).startsWith(said), refused.getMessage());
        }
    }
}
