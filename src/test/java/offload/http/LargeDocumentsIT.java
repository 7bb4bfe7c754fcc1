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
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import offload.testing.OffloadProcess;
import offload.testing.Script;
import offload.testing.ScriptedUpstream;
import offload.testing.Until;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More large conversations than a server with 128 MB of heap could hold, which ends at once when it has no memory left. */
class LargeDocumentsIT {
    private static final Pattern URL = Pattern.compile("\"status_url\": ?\"([^\"]+)\"");

    @TempDir
    Path folder = Path.of("");

    private final HttpClient http = HttpClient.newHttpClient();
    private final CountDownLatch gate = new CountDownLatch(1);
    private ScriptedUpstream upstream;
    private OffloadProcess server;

    @BeforeEach
    void start() throws IOException {
        upstream = ScriptedUpstream.start();
        server = startServer();
    }

    private OffloadProcess startServer() {
        Map<String, String> variables = Map.of(
                "OFFLOAD_PORT",
                "0",
                "OFFLOAD_DATA_DIR",
                folder.toString(),
                "OFFLOAD_UPSTREAM_URL",
                upstream.base().toString(),
                "OFFLOAD_WEBHOOK_ALLOW",
                "127.0.0.0/8");
        return OffloadProcess.start(variables, "", "serve");
    }

    @AfterEach
    void end() {
        gate.countDown();
        server.close();
        upstream.close();
    }

    @Test
    void a_turn_that_runs_holds_no_history_and_its_statuses_have_it() throws Exception {
        upstream.always(Script.eventsThenWait(gate, chunk("A"), chunk("B")));
        String history = "word ".repeat(120_000);
        List<URI> turns = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            turns.add(submit(history));
        }
        for (URI turn : turns) {
            Until.holds("its answer begins", () -> get(turn).contains("AB"));
            assertTrue(get(turn).contains(history));
        }
        gate.countDown();
        for (URI turn : turns) {
            String whole = get(URI.create(turn + "?wait=60"));
            assertTrue(whole.contains("\"state\":\"completed\"") && whole.contains(history), whole.substring(0, 80));
        }
        String asked = new String(upstream.request(7).body(), StandardCharsets.UTF_8);
        assertTrue(asked.contains(history));
    }

    @Test
    void many_who_do_not_take_a_large_status_keep_nobody_from_it() throws Exception {
        String part = "x".repeat(900_000);
        upstream.always(Script.events(chunk(part), chunk(part), chunk(part), chunk(part), chunk(part)));
        URI status = submit("Hi");
        String whole = get(URI.create(status + "?wait=60"));
        assertTrue(whole.startsWith("200") && whole.length() > 4_000_000, whole.substring(0, 80));
        List<Socket> readers = new ArrayList<>();
        try {
            for (int i = 0; i < 100; i++) {
                readers.add(ask(status));
            }
            for (int i = 0; i < 5; i++) {
                assertEquals(whole, get(status));
            }
        } finally {
            close(readers);
        }
    }

    @Test
    void many_who_do_not_take_the_large_status_of_a_running_turn_keep_nobody_from_it_nor_from_submitting()
            throws Exception {
        upstream.always(Script.eventsThenWait(gate, chunk("A"), chunk("B")));
        URI status = submit("word ".repeat(700_000));
        Until.holds("its answer begins", () -> get(status).contains("AB"));
        List<Socket> readers = new ArrayList<>();
        try {
            for (int i = 0; i < 40; i++) {
                readers.add(ask(status));
            }
            for (int i = 0; i < 5; i++) {
                assertTrue(get(status).startsWith("200"));
                URI another = submit("word ".repeat(700_000));
                Until.holds("its answer begins", () -> get(another).contains("AB"));
            }
        } finally {
            close(readers);
        }
    }

    @Test
    void of_large_answers_that_are_too_many_the_largest_end_with_what_had_come_and_others_are_whole() throws Exception {
        String part = "x".repeat(900_000);
        String[] parts = Collections.nCopies(45, open(part)).toArray(String[]::new);
        upstream.always(Script.eventsThenWait(gate, chunk("A"), chunk("B")));
        URI small = submit("Hi");
        Until.holds("its answer begins", () -> get(small).contains("AB"));
        upstream.always(Script.events(parts));
        List<URI> large = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            large.add(submit("Hi"));
        }
        for (URI turn : large) {
            String status = get(URI.create(turn + "?wait=60"));
            assertTrue(status.contains("\"code\":\"interrupted\"") && status.contains(part), status.substring(0, 80));
            assertTrue(status.contains("no memory for more of this answer"));
        }
        gate.countDown();
        assertTrue(get(URI.create(small + "?wait=60")).contains("\"state\":\"completed\""));
    }

    @Test
    void a_turn_that_is_too_large_to_go_on_from_is_refused() throws Exception {
        upstream.always(Script.events(
                Collections.nCopies(25, chunk("x".repeat(900_000))).toArray(String[]::new)));
        URI large = submit("Hi");
        assertTrue(get(URI.create(large + "?wait=60")).contains("\"state\":\"completed\""));
        String from = "Hi\"}],\"from_status_url\":\"" + large + "\",\"metadata\":[{\"a\":\"";
        assertTrue(answer(from).contains("\"body_too_large\""));
    }

    @Test
    void what_a_killed_server_left_is_finished_though_it_is_more_than_there_is_memory_for() throws Exception {
        upstream.always(Script.eventsThenWait(gate, chunk("A"), chunk("B")));
        String history = "word ".repeat(700_000);
        List<URI> turns = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            turns.add(submit(history));
        }
        server.close();
        server = startServer();
        for (URI turn : turns) {
            String status = get(server.base().resolve(turn.getPath() + "?wait=60"));
            assertTrue(status.contains("\"code\":\"interrupted\"") || status.contains("\"state\":\"completed\""));
            assertTrue(status.contains(history));
        }
    }

    /** As a form, each is three times as long as the status that it tells of. */
    @Test
    void many_large_webhooks_are_delivered() throws Exception {
        upstream.always(Script.events(chunk("A"), chunk("B")));
        String hook = upstream.base().resolve("/hook").toString();
        String end = "Hi\"}],\"webhook_url\":\"" + hook + "\",\"metadata\":[{\"a\":\"";
        List<URI> turns = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            turns.add(submit("\u4e2d".repeat(1_200_000) + end));
        }
        for (URI turn : turns) {
            URI record = URI.create(turn.toString().replace(".json", ".webhook.json"));
            Until.holds("it is delivered", () -> get(record).contains("\"delivered\""));
        }
    }

    private static String open(String text) {
        return "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text + "\"}}]}";
    }

    private static String chunk(String text) {
        return "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text + "\"},\"finish_reason\":\"stop\"}]}";
    }

    private URI submit(String message) throws IOException, InterruptedException {
        String answer = answer(message);
        Matcher url = URL.matcher(answer);
        assertTrue(url.find(), answer);
        return URI.create(url.group(1));
    }

    private String answer(String message) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.base() + "/v1/async-chatgpt"))
                .header("Content-Type", "application/json")
                .header("X-OpenAI-API-Key", "sk-test")
                .POST(BodyPublishers.ofString("{\"messages\":[{\"role\":\"user\",\"content\":\"" + message + "\"}]}"))
                .build();
        return http.send(request, BodyHandlers.ofString()).body();
    }

    private String get(URI uri) throws IOException, InterruptedException {
        var answer = http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        boolean refused = answer.statusCode() == 503;
        assertEquals(refused, answer.headers().firstValue("Retry-After").isPresent());
        assertTrue(!refused || answer.headers().firstValue("ETag").isEmpty());
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

    private static void close(List<Socket> readers) throws IOException {
        for (Socket reader : readers) {
            reader.close();
        }
    }
}
