package offload.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import offload.testing.OffloadProcess;
import offload.testing.Promtool;
import offload.testing.Script;
import offload.testing.ScriptedUpstream;
import offload.testing.Until;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsIT {
    private static final Pattern LISTENS = Pattern.compile("metrics are on (http://\\S+)");
    private static final Pattern NAME = Pattern.compile("\\b(offload|process)_[a-z_]+");

    /** The last of the numbers that a turn's end changes. */
    private static final String TURNS_MEASURED = "offload_turn_seconds_count";

    @TempDir
    Path folder = Path.of("");

    @Test
    void promtool_finds_nothing_to_complain_of_and_the_numbers_are_those_of_the_work() throws Exception {
        try (OffloadProcess server = serve()) {
            String base = server.base().toString();
            Map<String, String> client = Map.of("OFFLOAD_SERVER", base);
            assertEquals(0, OffloadProcess.run(client, "ask", "Hello?").code());
            String text = scrapeOfOneTurn(server);
            assertEquals("exit 0", Promtool.run(text, "check", "metrics"));
            assertEquals(1, value(text, "offload_turns_total{outcome=\"completed\"}"));
            assertEquals(0, value(text, "offload_turns_total{outcome=\"failed\"}"));
            assertEquals(1, value(text, "offload_first_event_seconds_count"));
            assertEquals(1, value(text, TURNS_MEASURED));
            assertTrue(value(text, "offload_events_appended_total") > 1, text);
            assertTrue(value(text, "offload_sync_seconds_count") >= 1, text);
            assertTrue(value(text, "offload_data_free_bytes") > 1, text);
            assertEquals(1, value(text, "offload_ready"));
        }
    }

    @Test
    void numbers_have_no_exponents_and_HEAD_is_answered_as_GET_without_a_body() throws Exception {
        try (OffloadProcess server = serve();
                HttpClient http = HttpClient.newHttpClient()) {
            String text = scrape(server);
            assertFalse(Pattern.compile("[0-9]E-?[0-9]").matcher(text).find(), text);
            HttpRequest.Builder request = HttpRequest.newBuilder(metrics(server));
            var head = http.send(request.HEAD().build(), BodyHandlers.ofString());
            assertEquals(200, head.statusCode());
            assertTrue(head.headers().firstValueAsLong("Content-Length").orElse(0) > 1_000, head + "");
            var post = http.send(request.POST(BodyPublishers.ofString("x")).build(), BodyHandlers.ofString());
            assertEquals(405, post.statusCode());
            assertEquals("GET, HEAD", post.headers().firstValue("Allow").orElse(""));
        }
    }

    /** The alerts go by them. */
    @Test
    void each_end_of_a_webhook_has_a_number_of_its_own() throws Exception {
        try (OffloadProcess server = serve();
                ScriptedUpstream receiver =
                        ScriptedUpstream.start().always(Script.answer("410 Gone", "text/plain", ""))) {
            HttpRequest submission = HttpRequest.newBuilder(server.base().resolve("/v1/async-chatgpt"))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],"
                            + "\"webhook_url\":\"http://127.0.0.1:" + receiver.port() + "/\"}"))
                    .build();
            HttpClient http = HttpClient.newHttpClient();
            assertEquals(200, http.send(submission, BodyHandlers.ofString()).statusCode());
            String text = Until.present("the try is counted", () -> {
                String now = scrape(server);
                return value(now, "offload_webhook_attempts_total") == 1 && value(now, "offload_webhooks_pending") == 0
                        ? now
                        : null;
            });
            assertEquals(1, value(text, "offload_webhooks_stopped_total"));
            assertEquals(0, value(text, "offload_webhooks_delivered_total"));
            assertEquals(0, value(text, "offload_webhooks_dead_total"));
        }
    }

    @Test
    void the_board_and_the_alerts_name_numbers_that_there_are() throws Exception {
        Set<String> known = new HashSet<>();
        try (OffloadProcess server = serve()) {
            NAME.matcher(scrape(server)).results().forEach(name -> known.add(name.group()));
        }
        for (String file : new String[] {"config/grafana.json", "config/alerts.yaml"}) {
            for (var name :
                    NAME.matcher(Files.readString(Path.of(file))).results().toList()) {
                assertTrue(known.contains(name.group()), file + " names " + name.group());
            }
        }
        String said = Promtool.run("", "check", "rules", "config/alerts.yaml");
        assertTrue(said.endsWith("exit 0"), said);
    }

    private OffloadProcess serve() {
        return OffloadProcess.start(
                Map.of(
                        "OFFLOAD_PORT", "0",
                        "OFFLOAD_METRICS_PORT", "0",
                        "OFFLOAD_DATA_DIR", folder.toString(),
                        "OFFLOAD_WEBHOOK_ALLOW", "127.0.0.0/8",
                        "OFFLOAD_UPSTREAM_URL", "embedded"),
                "",
                "serve");
    }

    /** Who has read an answer to its end may be quicker than the server, which counts the turn after that. */
    private static String scrapeOfOneTurn(OffloadProcess server) {
        return Until.present("the turn is counted", () -> {
            String text = scrape(server);
            return value(text, TURNS_MEASURED) > 0 ? text : null;
        });
    }

    private static URI metrics(OffloadProcess server) {
        server.base();
        return URI.create(Until.present("the metrics' address", () -> {
            Matcher line = LISTENS.matcher(server.err());
            return line.find() ? line.group(1) : null;
        }));
    }

    private static String scrape(OffloadProcess server) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(metrics(server)).build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }

    private static double value(String text, String sample) {
        return text.lines()
                .filter(line -> line.startsWith(sample + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(sample.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + sample + " in " + text));
    }
}
