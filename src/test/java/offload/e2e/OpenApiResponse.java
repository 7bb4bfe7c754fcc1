package offload.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * What {@code openapi.json} says of the answers of one operation with one status.
 *
 * @param document where it stands
 * @param name the operation's id and the status
 * @param node what is said
 */
record OpenApiResponse(OpenApiDocument document, String name, JsonObject node) {
    /** Fields of the message itself and of its connection, and the one that OpenAPI leaves to {@code content}. */
    private static final Set<String> OF_ANY_MESSAGE =
            Set.of("connection", "content-length", "content-type", "date", "transfer-encoding");

    /** What is said of {@code answer}, an answer of the operation {@code id}; fails where nothing is. */
    static OpenApiResponse of(OpenApiDocument document, String id, Answer answer) {
        String status = String.valueOf(answer.head().status());
        JsonValue node =
                document.operation(id).node().getJsonObject("responses").get(status);
        assertNotNull(
                node, id + " does not describe the status of: " + answer.head().startLine() + "\n" + answer.text());
        return new OpenApiResponse(document, id + ' ' + status, document.follow(node));
    }

    private JsonObject headers() {
        return node.get("headers") instanceof JsonObject headers ? headers : JsonValue.EMPTY_JSON_OBJECT;
    }

    /** The header fields that are described. */
    Set<String> fields() {
        return headers().keySet();
    }

    /** Those of them that {@code answer} has. */
    List<String> fieldsIn(Answer answer) {
        return fields().stream()
                .filter(field -> answer.head().header(field) != null)
                .toList();
    }

    /** Fails where {@code answer} has something that is not described, or not as it is described. */
    void assertDescribes(Answer answer) {
        assertBody(answer);
        headers().forEach((field, header) -> assertHeader(field, document.follow(header), answer));
        Set<String> undescribed = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        answer.head().fields().forEach(field -> undescribed.add(field.getKey()));
        OF_ANY_MESSAGE.forEach(undescribed::remove);
        fields().forEach(undescribed::remove);
        assertEquals(Set.of(), undescribed, name + " does not describe these fields");
    }

    private void assertBody(Answer answer) {
        if (!(node.get("content") instanceof JsonObject content)) {
            assertEquals(0, answer.body().length, "no body is described");
            return;
        }
        String type = String.valueOf(answer.head().header("Content-Type"))
                .replaceFirst(";.*", "")
                .strip();
        assertNotNull(content.get(type), "no body of this type is described: " + type);
        JsonValue schema = Objects.requireNonNull(content.getJsonObject(type).get("schema"));
        String json = type.equals("application/json")
                ? answer.text()
                : Json.createValue(new String(answer.body(), StandardCharsets.UTF_8))
                        .toString();
        assertEquals(List.of(), document.faults(schema, json));
    }

    private void assertHeader(String field, JsonObject described, Answer answer) {
        String value = answer.head().header(field);
        if (value == null) {
            assertTrue(!described.getBoolean("required", false), "the header " + field + " should be there");
            return;
        }
        JsonObject schema = Objects.requireNonNull(described.getJsonObject("schema"));
        boolean number = schema.get("type") instanceof JsonString type
                && type.getString().equals("integer");
        String json = number ? value : Json.createValue(value).toString();
        assertEquals(List.of(), document.faults(schema, json), field);
    }
}
