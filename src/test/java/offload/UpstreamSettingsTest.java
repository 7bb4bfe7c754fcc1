package offload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import offload.upstream.UpstreamTarget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the configuration may say of upstreams. */
class UpstreamSettingsTest {
    @Test
    void named_ones_come_before_the_one_without_a_name_which_is_there_only_if_it_has_a_url() {
        Map<String, String> named = Map.of("OFFLOAD_UPSTREAMS", "b, a", "OFFLOAD_UPSTREAMS_B_URL", "embedded");
        assertEquals(
                List.of("upstreams.a.url is \"\": it must be the base URL of this upstream, or `embedded`"),
                draft(named).faults());
        Map<String, String> keyed = with(named, "OFFLOAD_UPSTREAMS_A_URL", "https://a.example/v1");
        assertEquals(List.of("b", "a"), names(draft(keyed)));
        assertEquals(List.of("b", "a", "upstream"), names(draft(with(keyed, "OFFLOAD_UPSTREAM_URL", "embedded"))));
        assertEquals(
                List.of("upstream.key is \"(set)\": it must be empty, or have its `upstream.url` beside the named"
                        + " `upstreams`"),
                draft(with(keyed, "OFFLOAD_UPSTREAM_KEY", "sk-1")).faults());
    }

    @ParameterizedTest
    @ValueSource(strings = {"embeded", "Embedded", "127.0.0.1:11434/v1", "https://a.example/v1#x"})
    void what_is_no_base_is_told_with_both_that_may_stand_there(String text) {
        assertEquals(
                List.of("upstream.url: \"" + text
                        + "\" must be the base URL of an API, such as https://api.openai.com/v1, or `embedded`"),
                draft(Map.of("OFFLOAD_UPSTREAM_URL", text)).faults());
    }

    /** Foreign pages and foreign names are refused where a submission spends what is the operator's. */
    @Test
    void the_operator_pays_where_callers_need_no_key_of_their_own_but_for_the_sample() {
        Map<String, String> sample = Map.of("OFFLOAD_UPSTREAM_URL", "embedded");
        Map<String, String> named = Map.of("OFFLOAD_UPSTREAMS", "a", "OFFLOAD_UPSTREAMS_A_URL", "https://a.example/v1");
        assertFalse(operatorPays(sample));
        assertFalse(operatorPays(with(named, "OFFLOAD_UPSTREAMS_A_URL", "embedded")));
        assertFalse(operatorPays(named));
        assertTrue(operatorPays(with(named, "OFFLOAD_UPSTREAMS_A_KEYLESS", "true")));
        assertTrue(operatorPays(with(named, "OFFLOAD_UPSTREAMS_A_KEY", "sk-1")));
        assertTrue(operatorPays(Map.of("OFFLOAD_UPSTREAM_KEY", "sk-1")));
    }

    @Test
    void the_sample_needs_no_key_under_any_name() {
        assertTrue(draft(Map.of("OFFLOAD_UPSTREAMS", "a", "OFFLOAD_UPSTREAMS_A_URL", "embedded"))
                .config()
                .upstream()
                .targets()
                .getFirst()
                .keyless());
    }

    private static boolean operatorPays(Map<String, String> variables) {
        OffloadConfig.Draft draft = draft(variables);
        assertEquals(List.of(), draft.faults());
        return draft.config().http().submissionsNeedNoKey();
    }

    private static List<String> names(OffloadConfig.Draft draft) {
        assertEquals(List.of(), draft.faults());
        return draft.config().upstream().targets().stream()
                .map(UpstreamTarget::name)
                .toList();
    }

    private static OffloadConfig.Draft draft(Map<String, String> variables) {
        return OffloadConfig.draft(null, variables::get);
    }

    private static Map<String, String> with(Map<String, String> variables, String name, String value) {
        Map<String, String> all = new HashMap<>(variables);
        all.put(name, value);
        return all;
    }

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
