package offload.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import offload.testing.FolderContent;
import offload.testing.RawHttp;
import offload.testing.Script;
import offload.testing.ScriptedUpstream;
import offload.testing.ServerProcess;
import offload.testing.SseRecorder;
import offload.testing.Until;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The caller's upstream key is nowhere: not in a file, not in what the server prints or answers, and from the first event
 * on not in its memory either. A heap dump of a server that keeps the operator's own key proves that the search would find
 * one.
 */
class CanaryKeyIT {
    private static final String KEY = "sk-canary-7f3A91bQ2zX8-do-not-keep";
    private static final String CHUNK =
            "{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\","
                    + "\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hello\"},\"finish_reason\":null}]}";

    @TempDir
    Path folder;

    @Test
    void the_search_finds_a_key_that_the_server_must_keep() throws Exception {
        Map<String, String> operatorsKey =
                Map.of("OFFLOAD_UPSTREAM_URL", "http://127.0.0.1:9/v1", "OFFLOAD_UPSTREAM_KEY", KEY);
        try (ServerProcess server = ServerProcess.start(folder.resolve("data"), operatorsKey)) {
            assertTrue(isInHeap(server), "the operator's own key is part of the configuration");
        }
    }

    @Test
    void no_file_no_output_no_answer_and_no_live_heap_holds_the_key() throws Exception {
        CountDownLatch rest = new CountDownLatch(1);
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                ServerProcess server = start(upstream.base().toString())) {
            upstream.then(Script.eventsThenWait(rest, CHUNK, CHUNK));
            try (RawHttp caller = submit(server)) {
                String answer = caller.response().text();
                assertFalse(answer.contains(KEY));
                URI events = server.url(
                        between(answer, "\"stream_events_url\":\"", "\"").replaceFirst("http://[^/]+", ""));
                try (SseRecorder reader = SseRecorder.open(events)) {
                    reader.awaitEvents(2);
                    assertEquals("Bearer " + KEY, upstream.request(0).header("Authorization"));
                    // A busy machine gives the reader its events before the thread of the submission has gone on.
                    Until.holds("no key in the heap while the answer streams", () -> !isInHeap(server));
                    rest.countDown();
                    reader.awaitEnd();
                }
                assertFalse(isInHeap(server), "after the answer");
            }
            assertFalse(server.output().contains(KEY));
            assertEquals(List.of(), filesWithKey());
        }
    }

    @Test
    void a_key_that_the_upstream_sends_back_is_gone_with_the_answer() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                ServerProcess server = start(upstream.base().toString())) {
            upstream.then(c -> {
                c.request();
                c.chunkedEventStreamHead().chunk("data: " + CHUNK + "\n\n");
                c.await(first);
                c.chunk("data: {\"error\":{\"message\":\"the key " + KEY + " is no good\"}}\n\n")
                        .lastChunk();
            });
            try (RawHttp caller = submit(server)) {
                String path = between(caller.response().text(), "\"stream_events_url\":\"", "\"")
                        .replaceFirst("http://[^/]+", "");
                try (SseRecorder reader = SseRecorder.open(server.url(path))) {
                    reader.awaitEvents(1);
                    first.countDown();
                    reader.awaitEnd();
                }
            }
            Until.holds("no key in the heap after the answer", () -> !isInHeap(server));
            assertEquals(List.of(), filesWithKey());
        }
    }

    @Test
    void a_key_that_the_head_of_the_answer_sends_back_is_gone_while_the_answer_streams() throws Exception {
        CountDownLatch rest = new CountDownLatch(1);
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                ServerProcess server = start(upstream.base().toString())) {
            upstream.then(c -> {
                c.request();
                c.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nX-Echo: " + KEY + "\r\n\r\n");
                c.send("data: " + CHUNK + "\n\n");
                c.await(rest);
            });
            try (RawHttp caller = submit(server)) {
                String path = between(caller.response().text(), "\"stream_events_url\":\"", "\"")
                        .replaceFirst("http://[^/]+", "");
                try (SseRecorder reader = SseRecorder.open(server.url(path))) {
                    reader.awaitEvents(1);
                    Until.holds("no key in the heap while the answer streams", () -> !isInHeap(server));
                    rest.countDown();
                    reader.awaitEnd();
                }
            }
            assertEquals(List.of(), filesWithKey());
        }
    }

    @Test
    void a_kept_connection_holds_no_key_of_its_earlier_requests_while_it_idles_or_is_a_stream() throws Exception {
        CountDownLatch rest = new CountDownLatch(1);
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                ServerProcess server = start(upstream.base().toString())) {
            upstream.then(Script.eventsThenWait(rest, CHUNK));
            try (RawHttp caller = submit(server)) {
                String answer = caller.response().text();
                String path = between(answer, "\"stream_events_url\":\"", "\"").replaceFirst("http://[^/]+", "");
                String status = between(answer, "\"status_url\":\"", "\"").replaceFirst("http://[^/]+", "");
                // Some clients send all fields with each request; and what comes at once is read at once.
                caller.send(get(server, status) + get(server, path) + "GET /held-back HT");
                assertEquals(200, caller.response().status());
                Until.holds("no key in the heap while the stream waits", () -> !isInHeap(server));
                rest.countDown();
                assertEquals(200, caller.response().status());
                caller.send("TP/1.1\r\nHost: 127.0.0.1:" + server.port() + "\r\nX-OpenAI-API-Key: " + KEY + "\r\n\r\n");
                assertEquals(404, caller.response().status());
                Until.holds("no key in the heap while the connection idles", () -> !isInHeap(server));
            }
        }
    }

    private static String get(ServerProcess server, String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + server.port() + "\r\nX-OpenAI-API-Key: " + KEY
                + "\r\n\r\n";
    }

    private ServerProcess start(String upstream) throws IOException {
        // No connection ends by itself while the heap is looked at.
        return ServerProcess.start(
                folder.resolve("data"), Map.of("OFFLOAD_UPSTREAM_URL", upstream, "OFFLOAD_LIMITS_IDLE_TIME", "10 min"));
    }

    /** The caller's connection stays open on his side for as long as the test wants. */
    private static RawHttp submit(ServerProcess server) throws IOException {
        String body = "{\"connect_timeout\":10,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
        return RawHttp.open(server.port())
                .send("POST /v1/stream-chatgpt HTTP/1.1\r\nHost: 127.0.0.1:" + server.port()
                        + "\r\nConnection: keep-alive\r\nContent-Type: application/json\r\nX-OpenAI-API-Key: " + KEY
                        + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    }

    private boolean isInHeap(ServerProcess server) throws IOException, InterruptedException {
        Path dump = folder.resolve("heap.hprof");
        Files.deleteIfExists(dump);
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Process process = new ProcessBuilder(jcmd, Long.toString(server.pid()), "GC.heap_dump", dump.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        return holdsKey(Files.readString(dump, StandardCharsets.ISO_8859_1));
    }

    private List<String> filesWithKey() throws IOException {
        return FolderContent.filesThat(folder.resolve("data"), CanaryKeyIT::holdsKey).stream()
                .map(Path::toString)
                .toList();
    }

    private static boolean holdsKey(String content) {
        String wide = new String(KEY.getBytes(StandardCharsets.UTF_16LE), StandardCharsets.ISO_8859_1);
        return content.contains(KEY) || content.contains(wide);
    }

    private static String between(String text, String start, String end) {
        int from = text.indexOf(start) + start.length();
        return text.substring(from, text.indexOf(end, from));
    }
}
