package offload.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import offload.testing.OffloadProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More connections and large heads than a server with 128 MB of heap could hold, which ends at once when it has none left. */
class SmallHeapIT {
    @TempDir
    Path folder = Path.of("");

    @Test
    void many_heads_of_many_short_fields_that_do_not_end_keep_nobody_out() throws Exception {
        String fields =
                IntStream.range(0, 2_000).mapToObj(i -> "a" + i + ":\r\n").collect(Collectors.joining());
        byte[] head = ("GET / HTTP/1.1\r\nHost: localhost\r\n" + fields).getBytes(StandardCharsets.US_ASCII);
        List<Socket> crowd = new ArrayList<>();
        try (OffloadProcess server = OffloadProcess.start(variables(), "", "serve");
                HttpClient http = HttpClient.newHttpClient()) {
            URI base = server.base();
            for (int i = 0; i < 600; i++) {
                Socket socket = new Socket(base.getHost(), base.getPort());
                crowd.add(socket);
                socket.getOutputStream().write(head);
            }
            HttpRequest health = HttpRequest.newBuilder(base.resolve("/health")).build();
            assertEquals(200, http.send(health, BodyHandlers.discarding()).statusCode());
        } finally {
            for (Socket socket : crowd) {
                socket.close();
            }
        }
    }

    @Test
    void connections_that_the_heap_has_no_room_for_are_told_so_and_the_others_go_on() throws Exception {
        List<Socket> crowd = new ArrayList<>();
        try (OffloadProcess server = OffloadProcess.start(variables(), "", "serve")) {
            URI base = server.base();
            for (int i = 0; i < 3_000; i++) {
                crowd.add(new Socket(base.getHost(), base.getPort()));
            }
            String last = new String(crowd.getLast().getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertTrue(last.startsWith("HTTP/1.1 503 ") && last.contains("too_many_connections"), last);
            Socket first = crowd.getFirst();
            first.getOutputStream()
                    .write("GET /health HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertEquals("HTTP/1.1 200", new String(first.getInputStream().readNBytes(12), StandardCharsets.US_ASCII));
        } finally {
            for (Socket socket : crowd) {
                socket.close();
            }
        }
    }

    private Map<String, String> variables() {
        return Map.of(
                "OFFLOAD_PORT", "0",
                "OFFLOAD_DATA_DIR", folder.toString(),
                "OFFLOAD_UPSTREAM_URL", "embedded",
                "OFFLOAD_LIMITS_HEADER_TIME", "60 s");
    }
}
