package offload.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The real server, driven through {@code openapi.json}: it takes the examples, its answers fit the schemas and have no field
 * that is not described, and whatever status and field is described has been seen. {@code openapi-situations.yaml} says how each
 * is brought about.
 */
class OpenApiIT {
    /** Described, and beyond what can be brought about here: their own tests do. */
    private static final Set<String> ELSEWHERE = Set.of(
            "readStatus 503",
            "headStatus 503",
            "readRaw 503",
            "deleteTurn 503",
            "submitStream 409 Retry-After",
            "submitAsync 409 Retry-After");

    private static OpenApiDocument document;
    private static CaseFile situations;
    private static CaseServers servers;

    @BeforeAll
    static void load() throws IOException, URISyntaxException {
        document = OpenApiDocument.load();
        situations =
                CaseFile.load(Path.of(Objects.requireNonNull(OpenApiIT.class.getResource("/openapi-situations.yaml"))
                        .toURI()));
        servers = new CaseServers(situations.servers());
    }

    @AfterAll
    static void stop() {
        servers.close();
    }

    @Test
    void the_server_serves_its_description() throws IOException {
        Answer answer = get("/openapi.json");
        String own = "\"http://127.0.0.1:" + servers.port("main") + '"';
        String described = document.whole().toString();
        assertEquals(
                described.replace("\"http://127.0.0.1:8080\"", own),
                answer.json().toString());
    }

    @TestFactory
    Stream<DynamicTest> every_example_fits_its_schema() {
        List<DynamicTest> tests = new ArrayList<>();
        collect("", document.whole(), tests);
        assertTrue(tests.size() > 20, "there should be examples");
        return tests.stream();
    }

    /** Whatever has a schema and examples, wherever it stands. */
    private static void collect(String place, JsonValue node, List<DynamicTest> tests) {
        if (!(node instanceof JsonObject object)) {
            return;
        }
        JsonValue schema = object.get("schema");
        if (schema != null && object.get("examples") instanceof JsonObject examples) {
            examples.forEach((name, example) -> tests.add(fits(place + ' ' + name, schema, value(example))));
        }
        if (schema != null && object.get("example") != null) {
            tests.add(fits(place, schema, Objects.requireNonNull(object.get("example"))));
        }
        object.forEach((name, child) -> collect(place + '/' + name, child, tests));
    }

    private static JsonValue value(JsonValue example) {
        return Objects.requireNonNull(example.asJsonObject().get("value"));
    }

    private static DynamicTest fits(String name, JsonValue schema, JsonValue example) {
        return DynamicTest.dynamicTest(
                name, () -> assertEquals(List.of(), document.faults(schema, example.toString())));
    }

    @TestFactory
    Stream<DynamicTest> the_server_takes_every_example_of_a_submission() {
        List<DynamicTest> tests = new ArrayList<>();
        for (String id : List.of("submitStream", "submitAsync")) {
            examples(id)
                    .forEach((name, example) -> tests.add(DynamicTest.dynamicTest(id + ' ' + name, () -> {
                        String kind = id.equals("submitStream") ? "stream" : "async";
                        Map<String, Object> step = new LinkedHashMap<>();
                        step.put("submit-text", value(example).toString());
                        step.put("to", kind);
                        CaseRun run = run(new ContractCase(id, "main", 1, List.of(), List.of(step)));
                        assertEquals(200, run.lastAnswer().head().status());
                        OpenApiResponse.of(document, id, run.lastAnswer()).assertDescribes(run.lastAnswer());
                    })));
        }
        return tests.stream();
    }

    private static JsonObject examples(String id) {
        return document.operation(id)
                .node()
                .getJsonObject("requestBody")
                .getJsonObject("content")
                .getJsonObject("application/json")
                .getJsonObject("examples");
    }

    @TestFactory
    Stream<DynamicTest> every_answer_is_as_described() {
        Set<String> seen = new TreeSet<>();
        Set<String> said = new TreeSet<>();
        Stream<DynamicTest> each = situations.cases().stream()
                .map(situation -> DynamicTest.dynamicTest(situation.name(), () -> {
                    String id = situation.name().split(" ")[0];
                    Answer answer = run(fromPage(situation)).lastAnswer();
                    OpenApiResponse response = OpenApiResponse.of(document, id, answer);
                    response.assertDescribes(answer);
                    seen.add(response.name());
                    response.fieldsIn(answer).forEach(field -> seen.add(response.name() + ' ' + field));
                    said.addAll(OpenApiWords.of(answer));
                }));
        DynamicTest all = DynamicTest.dynamicTest(
                "every status and field that is described has been seen", () -> assertEquals(described(), seen));
        DynamicTest words = DynamicTest.dynamicTest("the server has said what the examples say", () -> {
            Set<String> never = OpenApiWords.in(document.whole());
            never.removeAll(said);
            assertEquals(Set.of(), never);
        });
        return Stream.concat(each, Stream.of(all, words));
    }

    /** Asked by a page of another origin: the answer has all that it has for others, and what browsers need. */
    private static ContractCase fromPage(ContractCase situation) {
        List<Map<String, Object>> steps = situation.steps().stream()
                .map(step -> {
                    Map<String, Object> headers = new LinkedHashMap<>(Map.of("Origin", "https://page.example"));
                    headers.putAll(CaseFile.map(step.get("headers")));
                    Map<String, Object> asked = new LinkedHashMap<>(step);
                    asked.put("headers", headers);
                    return asked;
                })
                .toList();
        return new ContractCase(situation.name(), situation.server(), situation.tries(), situation.upstream(), steps);
    }

    private static Set<String> described() {
        Set<String> all = new TreeSet<>();
        for (OpenApiResponse response : document.responses()) {
            if (!ELSEWHERE.contains(response.name())) {
                all.add(response.name());
                response.fields().forEach(field -> all.add(response.name() + ' ' + field));
            }
        }
        all.removeAll(ELSEWHERE);
        return all;
    }

    private static CaseRun run(ContractCase situation) throws IOException {
        return CaseRun.run(situation, servers);
    }

    private static Answer get(String target) throws IOException {
        int port = servers.port("main");
        Map<String, String> headers = Map.of("Host", "127.0.0.1:" + port, "Connection", "close");
        return Wire.send(port, new Wire.Request("GET", target, headers, null, false));
    }
}
