package offload.e2e;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import offload.e2e.WebhookReceiver.Delivery;
import offload.settings.SettingsReader;
import offload.testing.RawHttp;
import offload.testing.Script;
import offload.testing.ScriptedUpstream;
import offload.testing.ServerProcess;
import offload.testing.Until;
import org.jspecify.annotations.Nullable;

/** An upstream, a receiver, a data folder, and servers on it that are started and killed. */
final class WebhookBench implements AutoCloseable {
    static final String CHUNK = "{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\","
            + "\"choices\":[{\"index\":0,\"delta\":{\"content\":\"1 + 1 = 2 & ü\"},\"finish_reason\":\"stop\"}]}";

    private final Path data;
    private final ScriptedUpstream upstream = ScriptedUpstream.start().always(Script.events(CHUNK));
    private final WebhookReceiver receiver = new WebhookReceiver();
    private final List<ServerProcess> servers = new ArrayList<>();

    WebhookBench(Path folder) throws IOException {
        data = folder.resolve("data");
    }

    ScriptedUpstream upstream() {
        return upstream;
    }

    WebhookReceiver receiver() {
        return receiver;
    }

    ServerProcess start() throws IOException {
        ServerProcess server = ServerProcess.start(data, variables());
        servers.add(server);
        return server;
    }

    private Map<String, String> variables() {
        Map<String, String> variables = new TreeMap<>();
        keys(Map.of()).forEach((key, value) -> variables.put(SettingsReader.variable(key), value));
        return variables;
    }

    /** The configuration of a server on this bench, with {@code more}. */
    Map<String, String> keys(Map<String, String> more) {
        Map<String, String> keys = new TreeMap<>(Map.of(
                "port", "0",
                "data-dir", data.toString(),
                "upstream.url", upstream.base().toString(),
                "public-url", "http://offload.example",
                "shutdown-grace", "0",
                "webhook.allow", "127.0.0.0/8"));
        keys.putAll(more);
        return keys;
    }

    /** Submits a turn whose webhook goes to {@code path} of the receiver; returns the status URL. */
    String submit(ServerProcess server, String path) throws IOException {
        JsonObject answer = json(submit(server.port(), receiver.url(path), "").text());
        return answer.getJsonObject("endpoints").getString("status_url");
    }

    RawHttp.Response submit(int port, String webhook, String more) throws IOException {
        String body = "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"webhook_url\":\"" + webhook + "\""
                + more + "}";
        return RawHttp.exchange(
                "POST",
                URI.create("http://127.0.0.1:" + port + "/v1/stream-chatgpt"),
                body,
                "Content-Type: application/json",
                "X-OpenAI-API-Key: sk-test");
    }

    /** Waits until the webhook of this turn is delivered, checks that the status is the file's, and returns the last one. */
    Delivery delivered(String statusUrl) throws IOException {
        until(statusUrl, "delivered");
        Delivery last = deliveriesOf(statusUrl).getLast();
        if (!last.statusText().equals(Files.readString(file(statusUrl, ".json")))) {
            throw new AssertionError("what was delivered is not the final status: " + last.statusText());
        }
        return last;
    }

    JsonObject until(String statusUrl, String state) {
        return Until.present(statusUrl + " is " + state, () -> {
            JsonObject record = recordOrNull(statusUrl);
            return record != null && record.getString("state").equals(state) ? record : null;
        });
    }

    JsonObject record(String statusUrl) throws IOException {
        return json(Files.readString(file(statusUrl, ".webhook.json")));
    }

    private @Nullable JsonObject recordOrNull(String statusUrl) throws IOException {
        try {
            return record(statusUrl);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    List<Delivery> deliveriesOf(String statusUrl) {
        return receiver.deliveries().stream()
                .filter(delivery -> delivery.statusUrl().equals(statusUrl))
                .toList();
    }

    /** What stands in the outboxes of all nodes. */
    List<Path> outboxFiles() throws IOException {
        try (Stream<Path> files = Files.walk(data.resolve(".offload/nodes"))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().contains("/webhooks/"))
                    .toList();
        } catch (UncheckedIOException e) {
            // A node came or went during the walk.
            return List.of(data);
        }
    }

    /** The turn's file with another ending. */
    Path file(String statusUrl, String ending) {
        String path = URI.create(statusUrl).getPath().replaceFirst("^/1/r/", "");
        return data.resolve(path.substring(0, path.length() - ".json".length()) + ending);
    }

    static JsonObject json(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }

    @Override
    public void close() throws InterruptedException {
        for (ServerProcess server : servers) {
            server.kill();
        }
        upstream.close();
        receiver.close();
    }
}
