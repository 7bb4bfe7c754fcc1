package offload.keys;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RapidApiSecretTest {

    @Test
    void the_secret_of_the_marketplace_is_compared_whole() {
        RapidApiSecret secret = new RapidApiSecret("s3cret");
        assertTrue(secret.isConfigured() && secret.accepts("s3cret"));
        assertFalse(secret.accepts("s3cre") || secret.accepts("") || secret.accepts(null));
        RapidApiSecret none = new RapidApiSecret("");
        assertFalse(none.isConfigured() || none.accepts("") || none.accepts(null));
    }
}
