package offload.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import offload.testing.ScriptedUpstream;
import offload.upstream.UpstreamTarget;
import offload.upstream.openai.OpenAiSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class UpstreamCheckTest {
    private static final SSLContext TRUST = new OpenAiSettings(null, 0).trust();

    private static Finding found(ScriptedUpstream upstream) {
        UpstreamTarget.Limits limits = new UpstreamTarget.Limits(Duration.ofSeconds(9), Duration.ofSeconds(9));
        UpstreamTarget target =
                new UpstreamTarget("upstream", List.of(), upstream.base(), null, false, Map.of(), limits, true);
        return new UpstreamCheck(() -> TRUST).of(target);
    }

    @Test
    @Timeout(60)
    void an_upstream_whose_answer_has_no_end_answers() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start()) {
            upstream.then(c -> {
                c.request();
                c.eventStreamHead();
                c.awaitClientClose();
            });
            assertEquals(
                    Finding.good("upstream", upstream.base() + " answers (200); callers bring their keys"),
                    found(upstream));
        }
    }
}
