package offload.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RapidApiSecretTest {

    @Test
    void the_secret_of_the_marketplace_is_compared_whole() {
        RapidApiSecret secret = new RapidApiSecret("s3cret");
        assertTrue(secret.isConfigured() && secret.accepts("s3cret"));
        assertFalse(secret.accepts("s3cre") || secret.accepts("") || secret.accepts(null));
        RapidApiSecret none = new RapidApiSecret("");
        assertFalse(none.isConfigured() || none.accepts("") || none.accepts(null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"one\ntwo", "schl\u00fcssel", "\uFEFFone", "a\u007fb"})
    void a_secret_that_no_header_can_bring_is_told_and_not_shown(String secret) {
        String told = assertThrows(IllegalArgumentException.class, () -> new RapidApiSecret(secret))
                .getMessage();
        assertEquals("the secret must be one line of ASCII, as RapidAPI sends it", told);
    }
}
