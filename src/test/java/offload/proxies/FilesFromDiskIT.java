package offload.proxies;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import offload.testing.RawHttp;
import offload.testing.Script;
import offload.testing.ScriptedUpstream;
import offload.testing.ServerProcess;
import offload.testing.SseRecorder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With {@code accel-redirect}, nginx sends finished files from the disk, and nobody can tell by the answer. */
class FilesFromDiskIT {
    private static final String PROXIED = "X-Forwarded-For: 192.0.2.1";
    private static final List<String> TOLD = List.of(
            "Content-Type",
            "Content-Length",
            "Cache-Control",
            "ETag",
            "Last-Modified",
            "Vary",
            "X-Content-Type-Options",
            "Access-Control-Allow-Origin",
            "Access-Control-Allow-Credentials",
            "Access-Control-Expose-Headers");

    @TempDir
    private Path folder;

    private ScriptedUpstream upstream;
    private ServerProcess server;

    @BeforeEach
    void start() throws IOException {
        upstream = ScriptedUpstream.start();
        server = ServerProcess.start(
                folder.resolve("data"),
                Map.of(
                        "OFFLOAD_UPSTREAM_URL",
                        upstream.base().toString(),
                        "OFFLOAD_ACCEL_REDIRECT",
                        "/offload-files/"));
    }

    @AfterEach
    void end() throws InterruptedException {
        server.close();
        upstream.close();
    }

    @Test
    void a_finished_turn_is_handed_over_to_a_proxy_and_sent_to_everybody_else() throws IOException {
        upstream.always(Script.events(ProxiesIT.chunk("done", "\"stop\"")));
        for (String access : List.of("public", "private")) {
            Turn turn = Turn.submit(server.url("/"), "stream", access);
            String token = access.equals("public") ? "X-None: 1" : "Authorization: Bearer " + turn.text("bearer_token");
            turn.finalStatus(server.url("/"), token);
            for (String name : List.of("status_url", "stream_events_url")) {
                String file = turn.url(name).getPath().replaceFirst("/1/r/", "/offload-files/");
                assertEquals(file, accel(turn.url(name), token, PROXIED));
                assertNull(accel(turn.url(name), token));
                assertNull(accel(turn.url(name), token, PROXIED, "Range: bytes=0-3"));
                assertNull(accel(turn.url(name), token, PROXIED, "If-None-Match: \"other\""));
                assertNull(accel(turn.url(name), PROXIED, "Last-Event-ID: 3", "X-None: 1", "If-Match: *"));
                assertNull(RawHttp.exchange("HEAD", turn.url(name), null, token, PROXIED)
                        .header("X-Accel-Redirect"));
            }
        }
    }

    @Test
    void who_is_handed_over_to_can_see_where_the_answer_ends() throws IOException {
        upstream.always(Script.events(ProxiesIT.chunk("done", "\"stop\"")));
        Turn turn = Turn.submit(server.url("/"), "stream", "public");
        turn.finalStatus(server.url("/"));
        for (String name : List.of("status_url", "stream_events_url")) {
            RawHttp.Response answer = RawHttp.exchange("GET", turn.url(name), null, PROXIED);
            assertEquals("0", answer.header("Content-Length"));
        }
    }

    private static String accel(URI url, String... headers) throws IOException {
        return RawHttp.exchange("GET", url, null, headers).header("X-Accel-Redirect");
    }

    @Test
    void a_running_turn_and_a_reader_in_the_middle_stay_with_offload() throws Exception {
        upstream.then(c -> {
            c.request();
            c.chunkedEventStreamHead();
            c.chunk("data: " + ProxiesIT.chunk("begun", "null") + "\n\n");
            c.awaitClientClose();
        });
        Turn turn = Turn.submit(server.url("/"), "stream", "public");
        String id;
        try (SseRecorder reader = SseRecorder.open(turn.url("stream_events_url"), PROXIED)) {
            id = String.valueOf(reader.awaitEvents(1).getFirst().id());
            assertNull(accel(turn.url("status_url"), PROXIED));
            RawHttp.exchange("POST", turn.url("stop_url"), "");
            reader.awaitEnd();
        }
        turn.finalStatus(server.url("/"));
        assertNull(accel(turn.url("stream_events_url"), PROXIED, "Last-Event-ID: " + id));
        assertNotNull(accel(turn.url("stream_events_url"), PROXIED));
    }

    @Test
    void what_nginx_sends_looks_like_what_offload_sends() throws Exception {
        Proxy.need(Proxy.Kind.NGINX);
        upstream.always(Script.events(ProxiesIT.chunk("done", "\"stop\"")));
        try (Proxy proxy =
                Proxy.start(Proxy.Kind.NGINX, folder.resolve("proxy"), folder.resolve("data"), server.port())) {
            Turn turn = Turn.submit(proxy.url("/"), "async", "private");
            String token = "Authorization: Bearer " + turn.text("bearer_token");
            turn.finalStatus(proxy.url("/"), token);
            String status = turn.url("status_url").getPath();
            for (String path : List.of(status, status.replace(".json", ".raw"), status.replace(".json", ".txt"))) {
                RawHttp.Response direct =
                        RawHttp.exchange("GET", server.url(path), null, token, "Origin: https://app.example");
                RawHttp.Response sent =
                        RawHttp.exchange("GET", proxy.url(path), null, token, "Origin: https://app.example");
                assertEquals(200, sent.status(), path);
                assertEquals(direct.text(), sent.text());
                for (String name : TOLD) {
                    assertEquals(direct.head().headers(name), sent.head().headers(name), path + " " + name);
                }
                assertNull(sent.header("X-Accel-Redirect"));
                assertEquals(401, RawHttp.exchange("GET", proxy.url(path), null).status());
            }
            RawHttp.Response known = RawHttp.exchange("GET", proxy.url(status), null, token);
            String etag = "If-None-Match: " + known.header("ETag");
            assertEquals(
                    304,
                    RawHttp.exchange("GET", proxy.url(status), null, token, etag)
                            .status());
        }
    }
}
