package offload.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
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

    private static String told(ServerProcess server, String expression) {
        return Until.present("a line", () -> {
            Matcher line = Pattern.compile(expression).matcher(server.output());
            return line.find() ? line.group(1) : null;
        });
    }

    private ServerProcess start() throws IOException {
        return ServerProcess.start(data, Map.of("OFFLOAD_UPSTREAM_URL", "embedded", "OFFLOAD_LOG_ACCESS", "true"));
    }

    private void write(String ending, String content) throws IOException {
        Path file = data.resolve(NAME + ending);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content, StandardCharsets.UTF_8);
    }
}
