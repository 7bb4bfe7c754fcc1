package offload.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.Year;
import java.time.ZoneOffset;
import java.util.Map;
import offload.keys.KeyFolder;
import offload.testing.RawHttp;
import offload.testing.Until;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Service keys as callers of a whole server meet them, made and revoked beside it as the command line does. */
class ServiceKeysIT {
    private static final String GOOD = "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

    @TempDir
    private Path folder;

    private WebhookBench bench;
    private RunningServer server;
    private KeyFolder keys;

    @BeforeEach
    void open() throws IOException {
        bench = new WebhookBench(folder);
        keys = new KeyFolder(folder.resolve("data/.offload/keys"), InstantSource.system());
        server = RunningServer.start(bench.keys(Map.of()));
    }

    @AfterEach
    void close() throws Exception {
        server.close();
        bench.close();
    }

    @Test
    void a_running_server_asks_for_a_key_as_soon_as_there_is_one_and_knows_when_it_is_revoked() throws Exception {
        assertEquals(200, submit(GOOD).status());
        String key = keys.create("one", null, null).text();
        Until.holds("the key is asked for", () -> submit(GOOD).status() == 401);
        assertNotNull(submit(GOOD).header("WWW-Authenticate"));
        assertEquals(401, submit(GOOD, "X-API-Key: " + key + "x").status());
        for (String header : new String[] {"X-API-Key: ", "X-RapidAPI-Key: ", "Authorization: Bearer "}) {
            RawHttp.Response answer = submit(GOOD, header + key);
            assertEquals(200, answer.status(), answer.text());
            assertNull(answer.header("X-RateLimit-Limit"));
        }
        keys.revoke("one");
        Until.holds(
                "the key is refused", () -> submit(GOOD, "X-API-Key: " + key).status() == 401);
        assertEquals(401, submit(GOOD).status(), "the last key's end does not open the server");
    }

    @Test
    void a_quota_is_told_kept_and_not_used_up_by_what_is_refused() throws Exception {
        String key = "X-API-Key: " + keys.create("one", 2L, 100).text();
        Until.holds("a key is asked for", () -> submit(GOOD).status() == 401);
        for (int i = 0; i < 3; i++) {
            RawHttp.Response refused = submit("{}", key);
            assertEquals(400, refused.status());
            assertNull(refused.header("X-RateLimit-Requests-Remaining"), "it would tell one less than there is");
        }
        RawHttp.Response first = submit(GOOD, key);
        assertEquals(200, first.status(), first.text());
        assertEquals("2", first.header("X-RateLimit-Requests-Limit"));
        assertEquals("1", first.header("X-RateLimit-Requests-Remaining"));
        assertEquals("100", first.header("X-RateLimit-Limit"));
        assertTrue(String.valueOf(first.header("RateLimit-Policy")).startsWith("\"quota\";q=2;w="));
        assertEquals(200, submit(GOOD, key).status());
        RawHttp.Response over = submit(GOOD, key);
        assertEquals(429, over.status());
        assertTrue(Integer.parseInt(String.valueOf(over.header("Retry-After"))) >= 1);
        assertEquals("0", over.header("X-RateLimit-Requests-Remaining"));
        server.close();
        server = RunningServer.start(bench.keys(Map.of()));
        assertEquals(429, submit(GOOD, key).status(), "usage is kept across restarts");
    }

    @Test
    void a_repeat_tells_where_the_key_stands_and_counts_for_nothing() throws Exception {
        String key = "X-API-Key: " + keys.create("one", 2L, 3).text();
        Until.holds("a key is asked for", () -> submit(GOOD).status() == 401);
        RawHttp.Response first = submit(GOOD, key, "Idempotency-Key: same");
        for (int i = 0; i < 4; i++) {
            RawHttp.Response repeat = submit(GOOD, key, "Idempotency-Key: same");
            assertEquals(first.text(), repeat.text());
            assertEquals("1", repeat.header("X-RateLimit-Requests-Remaining"));
            assertEquals("2", repeat.header("X-RateLimit-Remaining"));
        }
        assertEquals("0", submit(GOOD, key).header("X-RateLimit-Requests-Remaining"));
        RawHttp.Response repeat = submit(GOOD, key, "Idempotency-Key: same");
        assertEquals(first.text(), repeat.text());
        assertEquals("0", repeat.header("X-RateLimit-Requests-Remaining"));
        assertNull(repeat.header("Retry-After"), "nobody has to wait for what was answered before");
    }

    @Test
    void a_submission_that_the_data_folder_refuses_is_not_counted() throws Exception {
        String key = "X-API-Key: " + keys.create("one", 1L, null).text();
        Until.holds("a key is asked for", () -> submit(GOOD).status() == 401);
        Path inTheWay = Files.createFile(folder.resolve("data/priv/" + Year.now(ZoneOffset.UTC)));
        String hidden = GOOD.replace("{\"messages\"", "{\"access\":\"private\",\"messages\"");
        assertEquals(503, submit(hidden, key).status());
        Files.delete(inTheWay);
        assertEquals(200, submit(hidden, key).status());
        assertEquals(429, submit(GOOD, key).status());
    }

    @Test
    void a_rate_is_kept() throws Exception {
        String key = "X-API-Key: " + keys.create("one", null, 1).text();
        Until.holds("a key is asked for", () -> submit(GOOD).status() == 401);
        assertEquals(200, submit(GOOD, key).status());
        RawHttp.Response over = submit(GOOD, key);
        assertEquals(429, over.status());
        int wait = Integer.parseInt(String.valueOf(over.header("Retry-After")));
        assertTrue(wait >= 1 && wait <= 60, "Retry-After: " + wait);
        assertEquals("0", over.header("X-RateLimit-Remaining"));
    }

    private RawHttp.Response submit(String body, String... headers) throws IOException {
        String[] all = new String[headers.length + 2];
        all[0] = "Content-Type: application/json";
        all[1] = "X-OpenAI-API-Key: sk-test";
        System.arraycopy(headers, 0, all, 2, headers.length);
        URI uri = URI.create("http://127.0.0.1:" + server.port() + "/v1/async-chatgpt");
        return RawHttp.exchange("POST", uri, body, all);
    }
}
