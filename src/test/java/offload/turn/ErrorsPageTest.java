package offload.turn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import offload.json.Json;
import org.junit.jupiter.api.Test;

/** {@code errors.md} has a heading, and so an anchor, for each code that a client can get, {@code openapi.json} names it, and no other. */
class ErrorsPageTest {
    private static final Pattern HEADING = Pattern.compile("(?m)^### (\\w+)$");
    private static final Pattern STATUS = Pattern.compile("(?m)^### (\\w+)\\n(\\d{3})\\. ");

    @Test
    void every_code_has_its_anchor_and_no_other_has() throws Exception {
        Set<String> codes = ofTheInterface();
        codes.addAll(ofTurns());
        assertEquals(codes, headings());
    }

    @Test
    void every_code_of_the_interface_stands_with_its_status() throws IOException {
        Set<String> expected = new TreeSet<>();
        for (ApiError error : ApiError.values()) {
            expected.add(error.code() + ' ' + error.status());
        }
        assertEquals(
                expected,
                STATUS.matcher(page())
                        .results()
                        .map(found -> found.group(1) + ' ' + found.group(2))
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void the_description_of_the_interface_names_the_same_codes() throws Exception {
        try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream("/openapi.json"))) {
            JsonObject document = Json.object(in.readAllBytes());
            assertEquals(
                    ofTheInterface(),
                    codes(document, "/components/schemas/Error/properties/error/properties/code/enum"));
            assertEquals(ofTurns(), codes(document, "/components/schemas/TurnError/properties/code/enum"));
        }
    }

    private static Set<String> codes(JsonObject document, String pointer) {
        return document.getValue(pointer).asJsonArray().getValuesAs(JsonString.class).stream()
                .map(JsonString::getString)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> ofTheInterface() {
        return Stream.of(ApiError.values()).map(ApiError::code).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> ofTurns() throws IllegalAccessException {
        Set<String> codes = new TreeSet<>();
        for (Field field : TurnError.class.getFields()) {
            if (Modifier.isStatic(field.getModifiers()) && field.getType() == String.class) {
                codes.add(String.valueOf(field.get(null)));
            }
        }
        return codes;
    }

    private static Set<String> headings() throws IOException {
        return HEADING.matcher(page())
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String page() throws IOException {
        return Files.readString(Path.of("src/docs/errors.md"));
    }
}
