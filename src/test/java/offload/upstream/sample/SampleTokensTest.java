package offload.upstream.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SampleTokensTest {

    @Test
    void tokens_together_are_the_text_and_split_no_character() {
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < 50; i++) {
                int plane = random.nextInt(3) == 0 ? 0x1F600 : random.nextInt(3) == 0 ? 0x4E00 : 0x20;
                text.appendCodePoint(plane + random.nextInt(0x60));
            }
            List<String> tokens = SampleTokens.of(text + "\n\t\u00a0\u200d");
            assertEquals(text + "\n\t\u00a0\u200d", String.join("", tokens));
            assertTrue(tokens.stream().noneMatch(token -> Character.isLowSurrogate(token.charAt(0))));
            assertEquals(tokens.size(), SampleTokens.count(text + "\n\t\u00a0\u200d"));
        }
    }

    @Test
    void words_take_a_token_or_two() {
        assertEquals(List.of("The", " elephan", "t", " is", " big", "."), SampleTokens.of("The elephant is big."));
    }
}
