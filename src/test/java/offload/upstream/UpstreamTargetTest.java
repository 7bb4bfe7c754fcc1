package offload.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpstreamTargetTest {

    @ParameterizedTest
    @CsvSource({
        "gpt-4o, gpt-4o, true",
        "gpt-4o, gpt-4o-mini, false",
        "gpt-4o, GPT-4o, false",
        "gpt-*, gpt-, true",
        "gpt-*, a gpt-4o, false",
        "*mini, gpt-4o-mini, true",
        "*mini, gpt-4o-mini-1, false",
        "*, '', true",
        "a*a, a, false",
        "a*a, aa, true",
        "*llama*, meta/llama-3, true",
        "*llama*, meta/lama-3, false",
        "a*b*c, abc, true",
        "a*b*c, acb, false",
        "a*bc*c, abc, false",
        "a*b*b, ab, false",
        "a**c, abc, true",
        "gpt.4, gpt-4, false",
        "'a*\\Ed', 'a\\Ed', true",
    })
    void a_star_stands_for_any_letters_and_everything_else_for_itself(String pattern, String model, boolean serves) {
        assertEquals(serves, serving(pattern).serves(model));
    }

    @Test
    void letters_are_of_any_kind() {
        assertEquals(true, serving("a*b").serves("a\n\u0000😀b"));
    }

    @Test
    void without_patterns_all_models_are_served_and_with_several_those_of_any() {
        assertEquals(true, serving().serves("x"));
        assertEquals(true, serving("a*", "b*").serves("bx"));
        assertEquals(false, serving("a*", "b*").serves("x"));
    }

    /** Whoever may submit names the model. */
    @Test
    void a_model_of_megabytes_is_compared_in_one_pass() {
        UpstreamTarget target = serving("*a*a*-instruct");
        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> assertFalse(target.serves("a".repeat(4_000_000))));
    }

    private static UpstreamTarget serving(String... patterns) {
        UpstreamTarget.Limits limits = new UpstreamTarget.Limits(Duration.ofSeconds(1), Duration.ofSeconds(1));
        URI base = URI.create("http://127.0.0.1/v1");
        return new UpstreamTarget("some", List.of(patterns), base, null, false, Map.of(), limits, true);
    }
}
