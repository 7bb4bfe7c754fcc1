package offload.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What programs that make a client out of {@code openapi.json} stumble over. */
class OpenApiGeneratorsTest {
    private static OpenApiDocument document;

    @BeforeAll
    static void load() throws IOException {
        document = OpenApiDocument.load();
    }

    /** A generator makes one class for each tag, and of webhooks others: of one name, the later would take the earlier's place. */
    @Test
    void methods_of_one_path_have_one_tag_and_webhooks_stand_at_their_submissions() {
        assertFalse(document.whole().containsKey("webhooks"), "what is sent is told as callbacks");
        Map<String, JsonArray> tags = new HashMap<>();
        document.operations().stream()
                .filter(operation -> !operation.method().equals("delete"))
                .forEach(operation -> {
                    JsonArray own = operation.node().getJsonArray("tags");
                    assertEquals(tags.computeIfAbsent(operation.path(), path -> own), own, operation.id());
                });
    }

    @Test
    void a_list_says_what_it_holds() {
        check("", document.whole());
    }

    private static void check(String place, JsonValue node) {
        if (node instanceof JsonArray list) {
            list.forEach(item -> check(place + "/*", item));
        } else if (node instanceof JsonObject object) {
            boolean list = String.valueOf(object.get("type")).contains("\"array\"");
            assertFalse(list && !object.containsKey("items"), place);
            object.forEach((name, child) -> check(place + '/' + name, child));
        }
    }
}
