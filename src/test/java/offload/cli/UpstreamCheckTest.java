package offload.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import offload.testing.ScriptedUpstream;
import offload.upstream.UpstreamTarget;
import offload.upstream.openai.OpenAiSettings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpstreamCheckTest {
    private static final SSLContext TRUST = new OpenAiSettings(null, 0).trust();

    private static Finding found(ScriptedUpstream upstream) {
        return found("upstream", upstream.base(), null, false);
    }

    private static Finding found(String name, URI base, @Nullable String key, boolean keyless) {
        UpstreamTarget.Limits limits = new UpstreamTarget.Limits(Duration.ofSeconds(9), Duration.ofSeconds(9));
        UpstreamTarget target = new UpstreamTarget(name, List.of(), base, key, keyless, Map.of(), limits, true);
        return new UpstreamCheck(() -> TRUST).of(target);
    }

    @ParameterizedTest
    @CsvSource({"-3600, true", "-30, false", "30, false", "3600, true"})
    void a_clock_that_differs_by_more_than_a_minute_is_told_with_how_much(int seconds, boolean told) throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start()) {
            String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                    Instant.now().plusSeconds(seconds).atOffset(ZoneOffset.UTC));
            upstream.then(c -> {
                c.request();
                c.head("401 No", "Date: " + date, "Content-Length: 0");
            });
            Finding found = found(upstream);
            assertEquals(told ? Finding.Grade.WARNING : Finding.Grade.GOOD, found.grade());
            Matcher ahead = Pattern.compile("its clock is (-?\\d+) s ahead").matcher(found.said());
            assertEquals(told, ahead.find(), found.said());
            assertTrue(!told || Math.abs(Integer.parseInt(ahead.group(1)) - seconds) < 30, found.said());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "sk-test, false, the operator's key is set",
        "sk-test, true, the operator's key is set",
        ", true, no key is needed",
        ", false, callers bring their keys"
    })
    void whose_key_it_takes_is_told_and_none_is_sent(@Nullable String key, boolean keyless, String said)
            throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start()) {
            upstream.then(c -> {
                c.request();
                c.head("404 No", "Date: yesterday", "Content-Length: 0");
            });
            URI base = URI.create(upstream.base() + "/");
            assertEquals(
                    Finding.good("upstreams.one", base + " answers (404); " + said), found("one", base, key, keyless));
            assertEquals("/v1/models", upstream.request(0).target());
            assertNull(upstream.request(0).header("Authorization"));
        }
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
