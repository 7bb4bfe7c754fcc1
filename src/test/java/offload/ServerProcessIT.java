package offload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import offload.testing.OffloadProcess;
import offload.testing.OffloadProcess.Result;
import offload.testing.Until;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server as a process: what it prints, what it logs, how it takes signals. */
class ServerProcessIT {
    private static final String QUESTION = "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

    @TempDir
    Path folder = Path.of("");

    private final HttpClient http = HttpClient.newHttpClient();

    private OffloadProcess serve(Map<String, String> more) {
        return OffloadProcess.start(variables(more), "", "serve");
    }

    private Map<String, String> variables(Map<String, String> more) {
        Map<String, String> variables = new HashMap<>(Map.of(
                "OFFLOAD_PORT", "0",
                "OFFLOAD_DATA_DIR", folder.resolve("data").toString(),
                "OFFLOAD_UPSTREAM_URL", "embedded",
                "OFFLOAD_SHUTDOWN_GRACE", "0"));
        variables.putAll(more);
        return variables;
    }

    private HttpResponse<String> submit(URI base, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/v1/async-chatgpt?secret=in-the-query"))
                .header("Content-Type", "application/json")
                .header("X-OpenAI-API-Key", "sk-in-the-header")
                .header("X-Request-Id", "my-request-7")
                .POST(BodyPublishers.ofString(body))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String url) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
    }

    @Test
    void a_port_that_is_taken_is_told_in_one_line() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                OffloadProcess server = serve(Map.of("OFFLOAD_PORT", String.valueOf(taken.getLocalPort())))) {
            Result end = server.result();
            assertEquals(1, end.err().lines().count(), end.err());
            assertTrue(end.err().contains("cannot listen on 127.0.0.1:" + taken.getLocalPort()), end.err());
            assertTrue(end.code() != 0);
        }
    }

    @Test
    void a_variable_that_nothing_reads_is_told_at_the_start_and_stops_nothing() throws Exception {
        try (OffloadProcess server = serve(Map.of("OFFLOAD_RETENTION_DAY", "7"))) {
            assertEquals(200, get(server.base() + "/health/live").statusCode());
            Until.holds(
                    "the warning",
                    () -> server.err()
                            .contains("OFFLOAD_RETENTION_DAY is no setting; did you mean OFFLOAD_RETENTION_DAYS?"));
        }
    }

    @Test
    void what_is_printed_of_ipv6_can_be_opened() throws Exception {
        try (OffloadProcess server =
                serve(Map.of("OFFLOAD_HOST", "[::1]", "OFFLOAD_METRICS_HOST", "::1", "OFFLOAD_METRICS_PORT", "0"))) {
            assertEquals(200, get(server.base() + "/health/live").statusCode());
            Until.holds("the line of the metrics", () -> server.err().contains("/metrics"));
            String metrics = server.err().strip().replaceFirst(".* ", "");
            assertEquals(200, get(metrics).statusCode(), metrics);
        }
    }

    @Test
    void one_line_is_printed_and_requests_are_logged_without_what_they_hide() throws Exception {
        try (OffloadProcess server = serve(Map.of("OFFLOAD_LOG_ACCESS", "true", "OFFLOAD_LOG_FORMAT", "json"))) {
            URI base = server.base();
            HttpResponse<String> answer = submit(base, QUESTION);
            assertEquals(200, answer.statusCode(), answer.body());
            assertEquals(
                    "my-request-7", answer.headers().firstValue("X-Request-Id").orElse(""));
            assertTrue(get(base + "/health/live")
                    .headers()
                    .firstValue("X-Request-Id")
                    .orElse("")
                    .matches("[0-9a-f]{32}"));
            Until.holds("the access log", () -> server.err().contains("/health/live"));
            assertTrue(server.err().contains("\"path\":\"/v1/async-chatgpt\",\"status\":200"), server.err());
            assertTrue(server.err().contains("\"request_id\":\"my-request-7\""), server.err());
            assertFalse(server.err().contains("in-the-query") || server.err().contains("sk-in"), server.err());
            assertFalse(server.err().contains("Helidon"), server.err());
            assertEquals("Offload listens on " + base + "\n", server.out());
            server.signal("TERM");
            Result end = server.result();
            assertTrue(end.err().contains("shutting down"), end.err());
        }
    }

    @Test
    void sighup_takes_a_good_file_over_and_keeps_the_old_settings_where_it_is_bad() throws Exception {
        Path file = Files.writeString(folder.resolve("o.yaml"), "offload:\n  limits:\n    body: 1 MiB\n");
        try (OffloadProcess server = serve(Map.of("OFFLOAD_CONFIG", file.toString()))) {
            URI base = server.base();
            String large = QUESTION + " ".repeat(4096);
            assertEquals(200, submit(base, large).statusCode());
            Files.writeString(file, "offload:\n  limits:\n    body: 1 KiB\n  log:\n    level: debug\n");
            server.signal("HUP");
            Until.holds("the new limit", () -> server.err().contains("holds from now on"));
            assertEquals(413, submit(base, large).statusCode());
            Files.writeString(file, "offload:\n  limits:\n    body: huge\n    trns: 1\n");
            server.signal("HUP");
            Until.holds("the refusal", () -> server.err().contains("NOT taken over"));
            assertTrue(server.err().contains("limits.body is \"huge\""), server.err());
            assertTrue(server.err().contains("did you mean limits.turns?"), server.err());
            assertEquals(413, submit(base, large).statusCode());
        }
    }

    @Test
    void a_reload_that_fails_within_the_jvm_is_one_line_and_the_server_goes_on() throws Exception {
        try (OffloadProcess server = OffloadProcess.startMain("offload.FailingReload", variables(Map.of()), "")) {
            URI base = server.base();
            for (int reload = 1; reload <= 2; reload++) {
                int count = reload;
                server.signal("HUP");
                Until.holds("the refusal", () -> server.err().split("NOT taken over", -1).length > count);
            }
            String said = server.err();
            assertTrue(said.contains("the old one holds: java.lang.NoClassDefFoundError; try a restart\n"), said);
            assertFalse(said.contains("\tat "), said);
            assertEquals(200, submit(base, QUESTION).statusCode());
        }
    }

    @Test
    void a_sighup_while_the_server_starts_is_kept_until_it_serves() throws Exception {
        Path pipe = folder.resolve("secret");
        new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();
        byte[] secret = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz".getBytes(StandardCharsets.UTF_8);
        try (OffloadProcess server = serve(Map.of("OFFLOAD_WEBHOOK_SECRET_FILE", pipe.toString()))) {
            // It is opened once the server reads its configuration, and that is not read to its end before this is
            // closed.
            try (OutputStream first = Files.newOutputStream(pipe)) {
                server.signal("HUP");
                first.write(secret);
            }
            assertEquals(200, get(server.base() + "/health/live").statusCode());
            Thread.ofPlatform().daemon().start(() -> write(pipe, secret));
            Until.holds("the second look", () -> server.err().contains("holds from now on"));
        }
    }

    private static void write(Path file, byte[] content) {
        try {
            Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void sighup_leaves_the_names_that_submissions_without_a_key_may_come_to_for_the_next_start() throws Exception {
        String settings = """
                offload:
                  host: 127.0.0.2
                  upstreams:
                    keyless:
                      url: http://127.0.0.1:1/v1
                      keyless: true
                """;
        Path file = Files.writeString(folder.resolve("o.yaml"), settings);
        try (OffloadProcess server = serve(Map.of("OFFLOAD_CONFIG", file.toString(), "OFFLOAD_UPSTREAM_URL", ""))) {
            URI base = server.base();
            assertEquals(200, submit(base, QUESTION).statusCode());
            Files.writeString(file, settings.replace("127.0.0.2", "127.0.0.3"));
            server.signal("HUP");
            Until.holds("the new settings", () -> server.err().contains("but for what needs a restart: host\n"));
            HttpResponse<String> named = submit(base, QUESTION);
            assertEquals(200, named.statusCode(), named.body());
        }
    }

    @Test
    void health_tells_of_the_data_folder() throws Exception {
        try (OffloadProcess server = serve(Map.of())) {
            HttpResponse<String> ready = get(server.base() + "/health/ready");
            assertEquals(200, ready.statusCode());
            assertTrue(
                    ready.body()
                            .matches("\\{\"status\":\"up\",\"storage\":\"writable\",\"lock\":\"held\","
                                    + "\"free_bytes\":[1-9]\\d+,\"active_turns\":0}"),
                    ready.body());
        }
    }

    @Test
    void named_upstreams_get_the_models_that_their_patterns_match() throws Exception {
        Path file = Files.writeString(folder.resolve("o.yaml"), """
                offload:
                  upstreams:
                    none:
                      models: ["nobody-*"]
                      url: http://127.0.0.1:1/v1
                      keyless: true
                    sample:
                      models: ["gpt-*"]
                      url: embedded
                """);
        try (OffloadProcess server = serve(Map.of("OFFLOAD_CONFIG", file.toString(), "OFFLOAD_UPSTREAM_URL", ""))) {
            URI base = server.base();
            assertTrue(stateOf(submit(base, QUESTION)).contains("\"state\":\"completed\""));
            String other = QUESTION.replace("{\"messages", "{\"model\":\"nobody-1\",\"messages");
            assertTrue(stateOf(submit(base, other)).contains("upstream_unreachable"));
            HttpResponse<String> refused = submit(base, other.replace("nobody-1", "llama"));
            assertEquals(400, refused.statusCode());
            assertTrue(refused.body().contains("No upstream of this server takes the model"), refused.body());
        }
    }

    private String stateOf(HttpResponse<String> accepted) throws Exception {
        assertEquals(200, accepted.statusCode(), accepted.body());
        return get(accepted.headers().firstValue("Location").orElseThrow() + "?wait=20")
                .body();
    }
}
