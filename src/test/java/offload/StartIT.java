package offload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import offload.testing.OffloadProcess;
import offload.testing.RawHttp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a start leaves out, and what of its surroundings changes nothing. */
class StartIT {
    @TempDir
    Path folder = Path.of("");

    @Test
    void nothing_is_looked_for_in_all_jars_that_this_server_does_not_use() throws Exception {
        Path classes = folder.resolve("classes");
        Path file = Files.writeString(folder.resolve("o.yaml"), "offload:\n  limits:\n    turns: 9\n");
        Map<String, String> variables = Map.of(
                "JDK_JAVA_OPTIONS",
                "-Xlog:class+load:file=" + classes,
                "OFFLOAD_CONFIG",
                file.toString(),
                "OFFLOAD_PORT",
                "0",
                "OFFLOAD_DATA_DIR",
                folder.resolve("data").toString(),
                "OFFLOAD_UPSTREAM_URL",
                "embedded",
                "OFFLOAD_SHUTDOWN_GRACE",
                "0");
        try (OffloadProcess server = OffloadProcess.start(variables, "", "serve");
                HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest submission = HttpRequest.newBuilder(URI.create(server.base() + "/v1/async-chatgpt"))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"))
                    .build();
            HttpResponse<String> answer = http.send(submission, BodyHandlers.ofString());
            assertEquals(200, answer.statusCode(), answer.body());
            String loaded = Files.readString(classes);
            assertTrue(loaded.contains("io.helidon.webserver.LoomServer "));
            assertFalse(loaded.contains("io.helidon.metadata.hson."), "what describes services and features");
            assertFalse(loaded.contains("io.helidon.common.media.type.Detectors "), "types of files");
        }
    }

    @Test
    void a_field_is_known_in_small_letters_where_the_machine_speaks_a_language_that_has_others() throws Exception {
        Map<String, String> variables = Map.of(
                "JDK_JAVA_OPTIONS",
                "-Duser.language=tr",
                "OFFLOAD_PORT",
                "0",
                "OFFLOAD_DATA_DIR",
                folder.toString(),
                "OFFLOAD_UPSTREAM_URL",
                "embedded");
        try (OffloadProcess server = OffloadProcess.start(variables, "", "serve")) {
            URI document = server.base().resolve("/openapi.json");
            assertEquals(
                    304,
                    RawHttp.exchange("GET", document, null, "if-none-match: *").status());
            assertEquals(
                    412,
                    RawHttp.exchange("GET", document, null, "if-match: \"other\"")
                            .status());
        }
    }
}
