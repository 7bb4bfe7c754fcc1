package offload.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code openapi.json} says to programs that hold each request and answer against it. */
class OpenApiSchemasTest {
    private static OpenApiDocument document;

    @BeforeAll
    static void load() throws IOException {
        document = OpenApiDocument.load();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            true  | "temperature": null, "top_p": null, "n": null, "stream": null
            true  | "presence_penalty": null, "frequency_penalty": null
            true  | "from_max_length": 5.0
            false | "from_max_length": 7.5
            true  | "webhook_url": "HTTPS://hooks.example.com"
            false | "webhook_url": "http://"
            """)
    void a_submission_fits_where_the_server_would_take_it(boolean taken, String members) {
        assertEquals(taken, fits("Submission", "{\"messages\": [{}], " + members + "}"));
    }

    @Test
    void the_two_tokens_come_together_or_not_at_all() {
        String bearer = "\"bearer_token\": \"%s\"".formatted("0".repeat(32));
        String stream = "\"stream_url_arg\": \"stream_token=%s\"".formatted("1".repeat(32));
        assertTrue(fits("Authorization", "{\"access\": \"public\"}"));
        assertTrue(fits("Authorization", "{\"access\": \"private\", " + bearer + ", " + stream + "}"));
        assertFalse(fits("Authorization", "{\"access\": \"private\", " + bearer + "}"));
        assertFalse(fits("Authorization", "{\"access\": \"private\", " + stream + "}"));
    }

    private static boolean fits(String schema, String json) {
        JsonObject reference = Json.createObjectBuilder()
                .add("$ref", "#/components/schemas/" + schema)
                .build();
        return document.faults(reference, json).isEmpty();
    }
}
