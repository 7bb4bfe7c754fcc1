package offload.proxies;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import offload.testing.RawHttp;
import offload.testing.Script;
import offload.testing.ScriptedUpstream;
import offload.testing.ServerProcess;
import offload.testing.SseRecorder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What must hold through each proxy as it holds without one. */
class ProxiesIT {
    private static final String ONE = chunk("one", "null");
    private static final String TWO = chunk("two", "\"stop\"");

    @TempDir
    private static Path folder;

    private static ScriptedUpstream upstream;
    private static ServerProcess server;

    @BeforeAll
    static void start() throws IOException {
        upstream = ScriptedUpstream.start();
        server = ServerProcess.start(
                folder.resolve("data"),
                Map.of("OFFLOAD_UPSTREAM_URL", upstream.base().toString()));
    }

    @AfterAll
    static void end() throws InterruptedException {
        server.close();
        upstream.close();
    }

    static String chunk(String content, String reason) {
        return "{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,"
                + "\"delta\":{\"content\":\"" + content + "\"},\"finish_reason\":" + reason + "}]}";
    }

    private Proxy proxy(Proxy.Kind kind) throws IOException {
        Proxy.need(kind);
        return Proxy.start(kind, Files.createTempDirectory(folder, "proxy"), folder.resolve("data"), server.port());
    }

    private static Script gated(CountDownLatch first, CountDownLatch last) {
        return c -> {
            c.request();
            c.chunkedEventStreamHead();
            c.await(first);
            c.chunk("data: " + ONE + "\n\n");
            c.await(last);
            c.chunk("data: " + TWO + "\n\n").chunk("data: [DONE]\n\n").lastChunk();
        };
    }

    @ParameterizedTest
    @EnumSource
    void events_arrive_one_by_one_and_a_reader_goes_on_where_it_was(Proxy.Kind kind) throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch last = new CountDownLatch(1);
        upstream.then(gated(first, last));
        try (Proxy proxy = proxy(kind)) {
            Turn turn = Turn.submit(proxy.url("/"), "stream", "public");
            try (SseRecorder reader = SseRecorder.open(turn.url("stream_events_url"))) {
                assertEquals("hb", reader.awaitComments(1).getFirst());
                first.countDown();
                String id = String.valueOf(reader.awaitEvents(1).getFirst().id());
                assertEquals(List.of(ONE), reader.datas());
                try (SseRecorder other = SseRecorder.open(turn.url("stream_events_url"), "Last-Event-ID: " + id)) {
                    last.countDown();
                    reader.awaitEnd();
                    other.awaitEnd();
                    assertEquals(List.of(ONE, TWO, "[DONE]"), reader.datas());
                    assertEquals(List.of(TWO, "[DONE]"), other.datas());
                }
            }
            finishedLog(turn, proxy);
        }
    }

    /** Cursors and ranges of the finished log: the answers are the server's own. */
    private void finishedLog(Turn turn, Proxy proxy) throws IOException {
        URI events = turn.url("stream_events_url");
        byte[] log = Files.readAllBytes(fileOf(events));
        RawHttp.Response whole = RawHttp.exchange("GET", events, null);
        assertEquals(new String(log, java.nio.charset.StandardCharsets.UTF_8), whole.text());
        assertEquals("text/event-stream; charset=utf-8", whole.header("Content-Type"));
        assertEquals("no-store", whole.header("Cache-Control"));
        assertEquals(
                204,
                RawHttp.exchange("GET", events, null, "Last-Event-ID: " + log.length)
                        .status());
        assertEquals(
                416, RawHttp.exchange("GET", events, null, "Last-Event-ID: 3").status());
        RawHttp.Response part = RawHttp.exchange("GET", events, null, "Range: bytes=6-9");
        assertEquals(206, part.status());
        assertEquals(new String(log, 6, 4, java.nio.charset.StandardCharsets.UTF_8), part.text());
        assertEquals(turn.finalStatus(proxy.url("/")), Files.readString(fileOf(turn.url("status_url"))));
    }

    private Path fileOf(URI url) {
        return folder.resolve("data").resolve(url.getPath().substring("/1/r/".length()));
    }

    @ParameterizedTest
    @EnumSource
    void a_stop_gets_through_while_the_answer_streams(Proxy.Kind kind) throws Exception {
        upstream.then(c -> {
            c.request();
            c.chunkedEventStreamHead();
            c.chunk("data: " + ONE + "\n\n");
            c.awaitClientClose();
        });
        try (Proxy proxy = proxy(kind)) {
            Turn turn = Turn.submit(proxy.url("/"), "stream", "public");
            try (SseRecorder reader = SseRecorder.open(turn.url("stream_events_url"))) {
                reader.awaitEvents(1);
                assertEquals(
                        200, RawHttp.exchange("POST", turn.url("stop_url"), "").status());
                reader.awaitEnd();
                assertEquals(List.of(ONE, "[DONE]"), reader.datas());
            }
            assertEquals(405, RawHttp.exchange("POST", turn.url("stop_url"), "").status());
        }
    }

    /** Read while it is sent, as curl and browsers do: Caddy closes soon after its answer. */
    @ParameterizedTest
    @EnumSource
    void a_body_that_is_too_long_is_refused_in_json(Proxy.Kind kind) throws Exception {
        try (Proxy proxy = proxy(kind)) {
            URI uri = proxy.url("/v1/async-chatgpt");
            for (int words : new int[] {850_000, 880_000, 1_000_000, 1_200_000, 2_000_000}) {
                String body = "{\"messages\":[{\"role\":\"user\",\"content\":\"" + "long ".repeat(words) + "\"}]}";
                try (RawHttp http = RawHttp.open(uri.getHost(), uri.getPort())) {
                    Thread.startVirtualThread(() -> sendAll(http, uri, body));
                    RawHttp.Response refusal = http.response();
                    assertEquals(413, refusal.status());
                    assertEquals("application/json", refusal.header("Content-Type"));
                    assertTrue(refusal.text().contains("\"body_too_large\""), refusal.text());
                }
            }
        }
    }

    private static void sendAll(RawHttp http, URI uri, String body) {
        try {
            http.send(RawHttp.request("POST", uri, body, "Content-Type: application/json"));
        } catch (IOException _) {
            // Refused before it was whole.
        }
    }

    @ParameterizedTest
    @EnumSource
    void urls_carry_the_proxys_name_whatever_a_client_says_of_itself(Proxy.Kind kind) throws Exception {
        upstream.always(Script.events(TWO));
        try (Proxy proxy = proxy(kind)) {
            Turn turn = Turn.submit(
                    proxy.url("/"), "stream", "public", "X-Forwarded-Host: evil.example", "X-Forwarded-Proto: https");
            String base = proxy.url("/").toString();
            assertTrue(turn.text("status_url").startsWith(base + "1/r/pub/"), turn.answer());
            turn.finalStatus(proxy.url("/"));
            RawHttp.Response foreign = RawHttp.exchange("DELETE", turn.url("status_url"), null);
            assertFalse(foreign.status() == 204, "whoever comes through the proxy is not on this machine");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_private_turn_opens_with_its_token_only(Proxy.Kind kind) throws Exception {
        upstream.always(Script.events(TWO));
        try (Proxy proxy = proxy(kind)) {
            Turn turn = Turn.submit(proxy.url("/"), "stream", "private");
            String token = "Authorization: Bearer " + turn.text("bearer_token");
            String status = turn.finalStatus(proxy.url("/"), token);
            assertEquals(
                    401, RawHttp.exchange("GET", turn.url("status_url"), null).status());
            assertEquals(
                    401,
                    RawHttp.exchange("GET", turn.url("stream_events_url"), null).status());
            RawHttp.Response opened = RawHttp.exchange("GET", turn.url("status_url"), null, token);
            assertEquals(status, opened.text());
            assertEquals("private, no-store", opened.header("Cache-Control"));
            URI events = URI.create(turn.text("stream_events_url") + "?" + turn.text("stream_url_arg"));
            assertEquals(200, RawHttp.exchange("GET", events, null).status());
        }
    }
}
