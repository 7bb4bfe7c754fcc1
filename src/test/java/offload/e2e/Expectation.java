package offload.e2e;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks an answer against what a case expects of it. Stateless but for the folder that it looks into. */
final class Expectation {
    private final DataFolderView folder;

    Expectation(DataFolderView folder) {
        this.folder = folder;
    }

    /** Fails with an {@link AssertionError} that shows the answer. Without {@code status}, 200 is expected. */
    void check(Answer answer, Map<String, Object> expected) throws IOException {
        try {
            status(answer.head().status(), expected.getOrDefault("status", 200));
            for (Map.Entry<String, Object> one : expected.entrySet()) {
                about(answer, one.getKey(), one.getValue());
            }
        } catch (AssertionError e) {
            String body = answer.text();
            throw new AssertionError(
                    e.getMessage() + "\n" + new String(answer.head().bytes(), StandardCharsets.UTF_8)
                            + body.substring(0, Math.min(body.length(), 4000)),
                    e);
        }
    }

    private static void status(int actual, Object expected) {
        List<?> any = expected instanceof List<?> several ? several : List.of(expected);
        assertTrue(any.stream().anyMatch(one -> number(one) == actual), "status " + actual + ", expected " + expected);
    }

    private void about(Answer answer, String what, @Nullable Object value) throws IOException {
        switch (what) {
            case "status", "within" -> {}
            case "headers" -> CaseFile.map(value).forEach((name, field) -> header(answer, name, field));
            case "lacks-headers" -> CaseFile.list(value).forEach(name -> header(answer, name.toString(), null));
            case "lacks-header-value" -> CaseFile.map(value).forEach((name, part) -> lacksPart(answer, name, part));
            case "took" -> took(answer, String.valueOf(value));
            case "text" -> assertEquals(value, answer.text());
            case "contains" ->
                CaseFile.list(value)
                        .forEach(part -> assertTrue(answer.text().contains(part.toString()), "should contain " + part));
            case "lacks" ->
                CaseFile.list(value)
                        .forEach(part ->
                                assertTrue(!answer.text().contains(part.toString()), "should not contain " + part));
            case "empty" -> assertEquals(0, answer.body().length, "bytes of the body");
            case "differ" ->
                assertNotEquals(
                        CaseFile.list(value).get(0), CaseFile.list(value).get(1));
            case "equal" ->
                assertEquals(CaseFile.list(value).get(0), CaseFile.list(value).get(1));
            case "folder" -> folder.check(CaseFile.map(value));
            case "same-as-file" -> assertArrayEquals(Files.readAllBytes(folder.file(value)), answer.body(), "the file");
            case "contains-file" ->
                assertTrue(answer.text()
                        .contains(Files.readString(folder.file(value)).strip()));
            case "events" -> events(answer.events(), CaseFile.list(value));
            case "records-of-file" -> assertEquals(Files.readString(folder.file(value)), answer.records());
            case "suffix-of-file" -> suffix(answer, CaseFile.map(value));
            case "part-of-file" -> part(answer, CaseFile.map(value));
            case "ids-are-offsets" -> assertEquals(offsets(answer), answer.ids());
            default -> aboutJson(answer.json(), what, value);
        }
    }

    private static void aboutJson(JsonValue json, String what, @Nullable Object value) {
        switch (what) {
            case "json" -> assertEquals(List.of(), JsonShape.differences(value, json));
            case "keys" -> CaseFile.map(value).forEach((path, names) -> keys(json, path, CaseFile.list(names)));
            case "absent" ->
                CaseFile.list(value)
                        .forEach(path ->
                                assertEquals(null, JsonShape.at(json, path.toString()), path + " should be absent"));
            case "sizes" ->
                CaseFile.map(value)
                        .forEach((path, size) -> assertEquals(
                                size, JsonShape.at(json, path) instanceof JsonArray array ? array.size() : -1, path));
            case "ascending" -> ascending(json, CaseFile.list(value));
            case "error" -> error(json, CaseFile.map(value));
            default -> throw new AssertionError("a case cannot expect: " + what);
        }
    }

    private static void header(Answer answer, String name, @Nullable Object expected) {
        String actual = answer.head().header(name);
        boolean fits = expected == null ? actual == null : Words.fits(expected.toString(), actual);
        assertTrue(fits, "header " + name + " should be " + expected + " and is " + actual);
    }

    private static void lacksPart(Answer answer, String name, Object part) {
        String actual = String.valueOf(answer.head().header(name));
        assertTrue(!actual.contains(part.toString()), "header " + name + " should not hold " + part);
    }

    private static void took(Answer answer, String range) {
        String[] ends = range.split("\\.\\.");
        boolean fits =
                answer.seconds() >= Double.parseDouble(ends[0]) && answer.seconds() <= Double.parseDouble(ends[1]);
        assertTrue(fits, "it took " + answer.seconds() + " s and should have taken " + range);
    }

    private static void keys(JsonValue json, String path, List<?> names) {
        JsonValue at = JsonShape.at(json, path);
        assertTrue(at instanceof JsonObject, path + " should be an object and is " + at);
        assertEquals(names, List.copyOf(((JsonObject) at).keySet()), "the keys of " + path);
    }

    private static void ascending(JsonValue json, List<?> paths) {
        double last = 0;
        for (Object path : paths) {
            assertTrue(JsonShape.at(json, path.toString()) instanceof JsonNumber, path + " should be a number");
            double value = ((JsonNumber) JsonShape.at(json, path.toString())).doubleValue();
            assertTrue(value >= last, path + " should not be before what stands before it");
            last = value;
        }
    }

    /** The form that every error has, and {@code param} and others where the case names them. */
    private static void error(JsonValue json, Map<String, Object> expected) {
        keys(json, "", List.of("status", "error"));
        keys(json, "error", List.of("message", "type", "param", "code"));
        assertEquals("error", JsonShape.plain(JsonShape.at(json, "status")));
        for (String name : List.of("error.message", "error.type", "error.code")) {
            boolean text = JsonShape.at(json, name) instanceof JsonString string
                    && !string.getString().isBlank();
            assertTrue(text, name + " should be text");
        }
        assertEquals(List.of(), JsonShape.differences(Map.of("error", expected), json));
    }

    /** Each event is JSON in the form of a map, or the exact text. */
    private static void events(List<String> actual, List<?> expected) {
        assertEquals(expected.size(), actual.size(), () -> "events of " + actual);
        for (int i = 0; i < expected.size(); i++) {
            if (expected.get(i) instanceof Map<?, ?> shape) {
                assertEquals(List.of(), JsonShape.differences(shape, Answer.json(actual.get(i))));
            } else {
                String word = expected.get(i).toString();
                assertTrue(Words.fits(word, actual.get(i)), "should be " + word + " and is " + actual.get(i));
            }
        }
    }

    private void suffix(Answer answer, Map<String, Object> of) throws IOException {
        byte[] whole = Files.readAllBytes(folder.file(of.get("file")));
        byte[] end = Arrays.copyOfRange(whole, number(of.get("from")), whole.length);
        assertEquals(new String(end, StandardCharsets.UTF_8), answer.records());
    }

    private void part(Answer answer, Map<String, Object> of) throws IOException {
        String[] ends = of.get("range").toString().split("-");
        byte[] whole = Files.readAllBytes(folder.file(of.get("file")));
        byte[] part = Arrays.copyOfRange(whole, number(ends[0]), number(ends[1]) + 1);
        assertArrayEquals(part, answer.body(), "the part of the file");
    }

    /** Where each record ends, for an answer that begins at the beginning. */
    private static List<Long> offsets(Answer answer) {
        List<Long> ends = new ArrayList<>();
        long end = 0;
        for (String record : answer.records().split("(?<=\n\n)")) {
            end += record.getBytes(StandardCharsets.UTF_8).length;
            ends.add(end);
        }
        return ends;
    }

    static int number(Object value) {
        return Integer.parseInt(String.valueOf(value));
    }
}
