package offload.e2e;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** {@code openapi.json}, with its references followed and its schemas at work. */
final class OpenApiDocument {
    private static final Set<String> METHODS = Set.of("get", "head", "post", "put", "patch", "delete", "options");
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private final JsonObject whole;

    /**
     * An operation.
     *
     * @param method in lower case
     * @param path with its templates
     * @param node what is said of it
     */
    record Operation(String method, String path, JsonObject node) {
        String id() {
            return node.getString("operationId");
        }
    }

    private OpenApiDocument(JsonObject whole) {
        this.whole = whole;
    }

    static OpenApiDocument load() throws IOException {
        try (InputStream in = OpenApiDocument.class.getResourceAsStream("/openapi.json");
                var reader = Json.createReader(Objects.requireNonNull(in))) {
            return new OpenApiDocument(reader.readObject());
        }
    }

    JsonObject whole() {
        return whole;
    }

    List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        whole.getJsonObject("paths")
                .forEach((path, item) -> item.asJsonObject().forEach((method, node) -> {
                    if (METHODS.contains(method)) {
                        operations.add(new Operation(method, path, node.asJsonObject()));
                    }
                }));
        return operations;
    }

    List<OpenApiResponse> responses() {
        List<OpenApiResponse> responses = new ArrayList<>();
        for (Operation operation : operations()) {
            operation
                    .node()
                    .getJsonObject("responses")
                    .forEach((status, node) ->
                            responses.add(new OpenApiResponse(this, operation.id() + ' ' + status, follow(node))));
        }
        return responses;
    }

    Operation operation(String id) {
        return operations().stream()
                .filter(operation -> operation.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("openapi.json has no operation " + id));
    }

    /** What {@code node} stands for: itself, or what its reference names. */
    JsonObject follow(JsonValue node) {
        JsonObject object = node.asJsonObject();
        return object.containsKey("$ref")
                ? follow(Json.createPointer(object.getString("$ref").substring(1))
                        .getValue(whole))
                : object;
    }

    /** What is wrong with {@code json} by {@code schema}; empty where nothing is. */
    List<String> faults(JsonValue schema, String json) {
        JsonObject bundle = Json.createObjectBuilder()
                .add("allOf", Json.createArrayBuilder().add(schema))
                .add("components", whole.getJsonObject("components"))
                .build();
        return SCHEMAS.getSchema(bundle.toString()).validate(json, InputFormat.JSON).stream()
                .map(Error::toString)
                .toList();
    }
}
