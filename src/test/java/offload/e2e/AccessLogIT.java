package offload.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import offload.json.Json;
import offload.testing.RawHttp;
import offload.testing.ServerProcess;
import offload.testing.Until;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The access log and the numbers tell what has gone out, whichever way it went. */
class AccessLogIT {
    private static final String NAME = "pub/2023/06/01/11/07/06/x";

    @TempDir
    Path data;

    @Test
    void the_bytes_of_a_long_finished_log_are_all_told_each_time() throws Exception {
        String events = "data: \"" + "x".repeat(100_000) + "\"\nid: 100019\n\ndata: [DONE]\nid: 100046\n\n";
        write(".txt", events);
        write(".json", "{\"status\":\"done\",\"state\":\"completed\"}");
        try (ServerProcess server = start();
                RawHttp http = RawHttp.open(server.port())) {
            String before = "(?s)";
            for (int i = 0; i < 2; i++) {
                RawHttp.Response whole =
                        http.send(FrontDoor.get("/1/r/" + NAME + ".txt")).response();
                assertEquals(events, whole.text());
                String line = NAME + ".txt status=200 bytes=(\\d+)";
                assertEquals(String.valueOf(whole.bytes().length), told(server, before + line));
                before += line.replaceAll("[()]", "") + ".*";
            }
        }
    }

    @Test
    void the_line_of_a_stream_that_ran_comes_at_its_end_and_has_all_its_bytes() throws Exception {
        try (ServerProcess server = start()) {
            RawHttp.Response submitted = RawHttp.exchange(
                    "POST",
                    server.url("/v1/stream-chatgpt"),
                    "{\"max_tokens\":20," + FrontDoor.JSON.substring(1),
                    "Content-Type: application/json");
            String turn =
                    Json.object(submitted.body()).getJsonObject("endpoints").getString("stream_events_url");
            RawHttp.Response whole = RawHttp.exchange("GET", URI.create(turn), null);
            String told = told(server, "\\.txt status=200 bytes=(\\d+)");
            long bytes = Long.parseLong(told);
            // What the framing of each batch takes is told of none; there is none where it was over before it was asked
            // for.
            assertTrue(bytes > whole.text().length() && bytes <= whole.bytes().length, told);
        }
    }

    @Test
    void a_request_whose_client_left_before_an_answer_was_not_answered() throws Exception {
        try (ServerProcess server = start()) {
            try (RawHttp http = RawHttp.open(server.port())) {
                http.send(FrontDoor.POST + "Content-Length: 100\r\n\r\n{");
            }
            assertEquals("0", told(server, "path=/v1/stream-chatgpt status=(\\d+) bytes=0"));
            assertEquals(0, answered(server));
            RawHttp.exchange("GET", server.url("/health"), null);
            Until.holds("the answer is counted", () -> answered(server) == 1);
        }
    }

    @Test
    void what_no_route_gets_to_see_is_counted_as_well() throws Exception {
        try (ServerProcess server = start()) {
            assertEquals(414, refused(server, "GET /" + "a".repeat(9000) + " HTTP/1.1\r\n" + FrontDoor.HOST + "\r\n"));
            String large = "X: " + "a".repeat(17_000) + "\r\n\r\n";
            assertEquals(431, refused(server, "GET / HTTP/1.1\r\n" + FrontDoor.HOST + large));
            assertEquals(431, refused(server, "GET / HTTP/1.0\r\n" + large));
            assertEquals(400, refused(server, "GET / HTTP/1.1\r\n\r\n"));
            assertEquals(400, refused(server, "\u0016"));
            assertEquals(415, refused(server, FrontDoor.POST + "Content-Encoding: gzip\r\nContent-Length: 1\r\n\r\nx"));
            Map<String, Long> rejected = Map.of(
                    "uri_too_long", 1L,
                    "headers_too_large", 2L,
                    "invalid_request", 2L,
                    "unsupported_media_type", 1L);
            assertEquals(rejected, counted(server, "offload_requests_rejected_total"));
            assertEquals(Map.of("4xx", 6L), counted(server, "offload_http_requests_total"));
        }
    }

    @Test
    void a_connection_too_many_is_counted_as_well() throws Exception {
        Map<String, String> few = Map.of("OFFLOAD_METRICS_PORT", "0", "OFFLOAD_LIMITS_CONNECTIONS", "1");
        try (ServerProcess server = ServerProcess.start(data, few);
                RawHttp one = RawHttp.open(server.port())) {
            assertEquals(200, one.send(FrontDoor.get("/health")).response().status());
            assertEquals(503, refused(server, ""));
            Map<String, Long> once = Map.of("too_many_connections", 1L);
            Until.holds("it is counted", () -> once.equals(counted(server, "offload_requests_rejected_total")));
        }
    }

    private static int refused(ServerProcess server, String request) throws IOException {
        try (RawHttp http = RawHttp.open(server.port()).send(request)) {
            int status = http.response().status();
            http.untilClosed();
            return status;
        }
    }

    private static long answered(ServerProcess server) throws IOException {
        return counted(server, "offload_http_requests_total").values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /** What is not 0, by the label. */
    private static Map<String, Long> counted(ServerProcess server, String name) throws IOException {
        URI metrics = URI.create(told(server, "metrics are on (\\S+)"));
        Pattern sample = Pattern.compile("(?m)^" + name + "\\{\\w+=\"(\\w+)\"} ([1-9]\\d*)$");
        return sample.matcher(RawHttp.exchange("GET", metrics, null).text())
                .results()
                .collect(Collectors.toMap(line -> line.group(1), line -> Long.valueOf(line.group(2))));
    }

    private static String told(ServerProcess server, String expression) {
        return Until.present("a line", () -> {
            Matcher line = Pattern.compile(expression).matcher(server.output());
            return line.find() ? line.group(1) : null;
        });
    }

    private ServerProcess start() throws IOException {
        return ServerProcess.start(
                data,
                Map.of("OFFLOAD_UPSTREAM_URL", "embedded", "OFFLOAD_LOG_ACCESS", "true", "OFFLOAD_METRICS_PORT", "0"));
    }

    private void write(String ending, String content) throws IOException {
        Path file = data.resolve(NAME + ending);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content, StandardCharsets.UTF_8);
    }
}
