package offload;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the configuration may say of upstreams. */
class UpstreamSettingsTest {
    @ParameterizedTest
    @ValueSource(strings = {"sk one", "sk-one\nsk-two", "sk-\u00fc", "sk-\u2026", "\uFEFFsk-one", "sk\u007f"})
    void a_key_that_cannot_be_sent_is_told_at_the_start_and_not_shown(String key, @TempDir Path folder)
            throws Exception {
        Path file = Files.writeString(folder.resolve("key"), key);
        Map<String, String> variables = Map.of(
                "OFFLOAD_UPSTREAM_URL", "https://a.example/v1",
                "OFFLOAD_UPSTREAM_KEY", key,
                "OFFLOAD_UPSTREAMS", "b",
                "OFFLOAD_UPSTREAMS_B_URL", "https://b.example/v1",
                "OFFLOAD_UPSTREAMS_B_KEY_FILE", file.toString());
        String rule = " is \"(set)\": it must be one key in ASCII, without blanks or line breaks in it";
        assertEquals(
                List.of("upstreams.b.key" + rule, "upstream.key" + rule),
                OffloadConfig.draft(null, variables::get).faults());
    }
}
