package offload.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import offload.testing.RawHttp;
import offload.testing.ServerProcess;
import offload.testing.Until;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A line of the access log tells what has gone out, whichever way it went. */
class AccessLogIT {
    private static final String NAME = "pub/2023/06/01/11/07/06/x";

    @TempDir
    Path data;

    @Test
    void the_bytes_of_a_long_finished_log_are_all_told() throws Exception {
        String events = "data: \"" + "x".repeat(100_000) + "\"\nid: 100019\n\ndata: [DONE]\nid: 100046\n\n";
        write(".txt", events);
        write(".json", "{\"status\":\"done\",\"state\":\"completed\"}");
        try (ServerProcess server = start()) {
            RawHttp.Response whole = RawHttp.exchange("GET", server.url("/1/r/" + NAME + ".txt"), null);
            assertEquals(events, whole.text());
            assertEquals(String.valueOf(whole.bytes().length), told(server, NAME + ".txt status=200 bytes=(\\d+)"));
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

    private static long answered(ServerProcess server) throws IOException {
        URI metrics = URI.create(told(server, "metrics are on (\\S+)"));
        return RawHttp.exchange("GET", metrics, null)
                .text()
                .lines()
                .filter(line -> line.startsWith("offload_http_requests_total{"))
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(' ') + 1)))
                .sum();
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
