package offload.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import offload.testing.OffloadProcess;
import offload.testing.Script;
import offload.testing.ScriptedUpstream;
import offload.testing.Until;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who asks for a large status and does not take it. */
class LargeAnswersIT {
    private static final Pattern URL = Pattern.compile("\"status_url\": ?\"([^\"]+)\"");
    private static final int READERS = 60;

    @TempDir
    Path folder = Path.of("");

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void many_who_do_not_take_a_large_status_do_not_fill_the_heap() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                OffloadProcess server = OffloadProcess.start(
                        Map.of(
                                "OFFLOAD_PORT",
                                "0",
                                "OFFLOAD_DATA_DIR",
                                folder.toString(),
                                "OFFLOAD_UPSTREAM_URL",
                                upstream.base().toString(),
                                "JDK_JAVA_OPTIONS",
                                "-Xmx128m"),
                        "",
                        "serve")) {
            upstream.always(
                    Script.events(chunk("null"), chunk("null"), chunk("null"), chunk("null"), chunk("\"stop\"")));
            URI status = submit(server.base());
            String whole = get(URI.create(status + "?wait=60"));
            assertTrue(whole.startsWith("200") && whole.length() > 4_000_000, whole.substring(0, 80));
            List<Socket> readers = new ArrayList<>();
            try {
                for (int i = 0; i < READERS; i++) {
                    readers.add(ask(status));
                }
                Until.holds("one is refused", () -> get(status).startsWith("503"));
            } finally {
                for (Socket reader : readers) {
                    reader.close();
                }
            }
            Until.holds("all is as before", () -> get(status).equals(whole));
        }
    }

    private static String chunk(String finish) {
        return "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + "x".repeat(900_000) + "\"},\"finish_reason\":"
                + finish + "}]}";
    }

    private URI submit(URI base) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/v1/async-chatgpt"))
                .header("Content-Type", "application/json")
                .header("X-OpenAI-API-Key", "sk-test")
                .POST(BodyPublishers.ofString("{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"))
                .build();
        Matcher url = URL.matcher(http.send(request, BodyHandlers.ofString()).body());
        assertTrue(url.find());
        return URI.create(url.group(1));
    }

    private String get(URI uri) throws IOException, InterruptedException {
        var answer = http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        boolean refused = answer.statusCode() == 503;
        assertEquals(refused, answer.headers().firstValue("ETag").isEmpty());
        assertEquals(refused, answer.headers().firstValue("Retry-After").isPresent());
        return answer.statusCode() + " " + answer.body();
    }

    private static Socket ask(URI uri) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()));
        socket.getOutputStream()
                .write(("GET " + uri.getPath() + " HTTP/1.1\r\nHost: " + uri.getAuthority() + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }
}
