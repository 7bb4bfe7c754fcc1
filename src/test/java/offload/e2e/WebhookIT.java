package offload.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import offload.e2e.WebhookReceiver.Delivery;
import offload.testing.FakeNames;
import offload.testing.RawHttp;
import offload.testing.RecordedRequest;
import offload.testing.Script;
import offload.testing.Until;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Webhooks as callers of a whole server see them. */
class WebhookIT {
    @TempDir
    private Path folder;

    private WebhookBench bench;

    @BeforeEach
    void open() throws IOException {
        bench = new WebhookBench(folder);
    }

    @AfterEach
    void close() throws Exception {
        bench.close();
    }

    @Test
    void a_finished_conversation_is_posted_once_with_its_status_in_one_field() throws Exception {
        try (RunningServer server = RunningServer.start(bench.keys(Map.of()))) {
            String hook = bench.receiver().url("/in?token=secret").replace("//", "//ann:secret@");
            String url = statusUrl(bench.submit(server.port(), hook, ",\"access\":\"private\""));
            Delivery delivery = bench.delivered(url);
            assertEquals("done", delivery.status().getString("status"));
            RecordedRequest request = delivery.request();
            assertEquals("/in?token=secret", request.target());
            assertEquals("application/x-www-form-urlencoded", request.header("Content-Type"));
            assertEquals("Basic YW5uOnNlY3JldA==", request.header("Authorization"));
            assertEquals("Offload", request.header("User-Agent"));
            String shown = bench.receiver().url("/in");
            assertEquals(shown, delivery.status().getJsonObject("options").getString("webhook_url"));
            assertEquals(shown, bench.record(url).getString("url"));
            Until.holds("the outbox is empty", () -> bench.outboxFiles().isEmpty());
            assertEquals(1, bench.deliveriesOf(url).size());
            assertFalse(Files.readString(bench.file(url, ".webhook.json")).contains("secret"));
        }
    }

    @Test
    void a_failed_and_a_stopped_conversation_are_posted_too() throws Exception {
        bench.upstream().then(Script.answer("401 No", "application/json", "{\"error\":{\"message\":\"no\"}}"));
        bench.upstream().then(Script.silence());
        try (RunningServer server = RunningServer.start(bench.keys(Map.of()))) {
            String failed =
                    statusUrl(bench.submit(server.port(), bench.receiver().url("/"), ""));
            assertEquals("error", bench.delivered(failed).status().getString("status"));
            String stopped =
                    statusUrl(bench.submit(server.port(), bench.receiver().url("/"), ""));
            bench.upstream().request(1);
            assertEquals(0, bench.deliveriesOf(stopped).size());
            String stop = stopped.replaceFirst("^http://[^/]+", "http://127.0.0.1:" + server.port());
            RawHttp.exchange("POST", URI.create(stop.replaceFirst("\\.json$", "/stop")), "");
            assertTrue(bench.delivered(stopped).status().getBoolean("stopped"));
        }
    }

    @Test
    void a_json_body_is_signed_with_every_secret() throws Exception {
        String secrets = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw whsec_AAAA";
        Map<String, String> keys = bench.keys(Map.of("webhook.format", "json", "webhook.secret", secrets));
        try (RunningServer server = RunningServer.start(keys)) {
            String url = statusUrl(bench.submit(server.port(), bench.receiver().url("/"), ""));
            bench.until(url, "delivered");
            RecordedRequest request = bench.receiver().delivery(0).request();
            assertEquals("application/json", request.header("Content-Type"));
            JsonObject body = WebhookBench.json(request.text());
            assertEquals(WebhookBench.json(Files.readString(bench.file(url, ".json"))), body.getJsonObject("response"));
            String signed =
                    request.header("webhook-id") + "." + request.header("webhook-timestamp") + "." + request.text();
            assertEquals(
                    "v1," + hmac("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", signed) + " v1," + hmac("AAAA", signed),
                    request.header("webhook-signature"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:PORT/",
                "http://2130706433:PORT/",
                "http://[::ffff:127.0.0.1]:PORT/",
                "http://localhost:PORT/",
                "http://169.254.169.254/latest/meta-data/",
                "http://0x7f.1:PORT/",
                "http://a@b@127.0.0.1:PORT/"
            })
    void an_address_that_is_not_public_is_refused_at_submission(String hook) throws Exception {
        int port = URI.create(bench.receiver().url("/")).getPort();
        try (RunningServer server = RunningServer.start(bench.keys(Map.of("webhook.allow", "")))) {
            RawHttp.Response answer = bench.submit(server.port(), hook.replace("PORT", "" + port), "");
            assertEquals(400, answer.status());
            JsonObject error = WebhookBench.json(answer.text()).getJsonObject("error");
            assertEquals("webhook_url", error.getString("param"));
            assertEquals(0, bench.upstream().connections().size());
        }
    }

    @Test
    void a_name_of_this_machine_is_refused_when_it_is_called() throws Exception {
        // Its true name may have a public address, or none, or be no name that a URL can have.
        String name = "this-machine.test";
        FakeNames.put(name, "127.0.0.1");
        String hook = bench.receiver().url("/").replace("127.0.0.1", name);
        try (RunningServer server = RunningServer.start(bench.keys(Map.of("webhook.allow", "")))) {
            String url = statusUrl(bench.submit(server.port(), hook, ""));
            JsonObject attempt =
                    bench.until(url, "pending").getJsonArray("attempts").getJsonObject(0);
            assertTrue(attempt.getString("error").contains(name), attempt.toString());
            assertEquals(0, bench.receiver().deliveries().size());
        }
    }

    @Test
    void a_deleted_conversation_takes_its_webhook_along() throws Exception {
        bench.receiver().then(Script.answer("500 Oops", "text/plain", "later"));
        try (RunningServer server = RunningServer.start(bench.keys(Map.of()))) {
            String url = statusUrl(bench.submit(server.port(), bench.receiver().url("/"), ""));
            bench.until(url, "pending");
            String local = url.replaceFirst("^http://[^/]+", "http://127.0.0.1:" + server.port());
            assertEquals(
                    204, RawHttp.exchange("DELETE", URI.create(local), null).status());
            Until.holds("the outbox is empty", () -> bench.outboxFiles().isEmpty());
            assertFalse(Files.exists(bench.file(url, ".webhook.json")));
        }
    }

    @Test
    void a_conversation_that_is_deleted_while_it_runs_is_not_sent() throws Exception {
        bench.upstream().then(Script.eventsThenWait(new CountDownLatch(1), WebhookBench.CHUNK));
        try (RunningServer server = RunningServer.start(bench.keys(Map.of()))) {
            String url = statusUrl(bench.submit(server.port(), bench.receiver().url("/"), ""));
            Path events = bench.file(url, ".txt");
            Until.holds("it runs", () -> Files.exists(events) && Files.size(events) > 0);
            String local = url.replaceFirst("^http://[^/]+", "http://127.0.0.1:" + server.port());
            assertEquals(
                    204, RawHttp.exchange("DELETE", URI.create(local), null).status());
            assertEquals(List.of(), bench.outboxFiles());
            bench.delivered(
                    statusUrl(bench.submit(server.port(), bench.receiver().url("/"), "")));
            assertEquals(List.of(), bench.deliveriesOf(url));
        }
    }

    @Test
    void what_waits_when_the_server_is_ended_in_good_order_is_sent_by_the_next() throws Exception {
        bench.receiver().then(Script.answer("500 Oops", "text/plain", "later"));
        String url;
        try (RunningServer server = RunningServer.start(bench.keys(Map.of()))) {
            url = statusUrl(bench.submit(server.port(), bench.receiver().url("/"), ""));
            bench.until(url, "pending");
        }
        try (RunningServer server = RunningServer.start(bench.keys(Map.of()))) {
            bench.delivered(url);
            assertTrue(server.port() > 0);
            assertEquals(2, bench.record(url).getJsonArray("attempts").size());
        }
    }

    private static String statusUrl(RawHttp.Response answer) {
        assertEquals(200, answer.status(), answer.text());
        return WebhookBench.json(answer.text()).getJsonObject("endpoints").getString("status_url");
    }

    private static String hmac(String base64, String text) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(base64), "HmacSHA256"));
        byte[] signature = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        return Base64.getEncoder().encodeToString(signature);
    }
}
