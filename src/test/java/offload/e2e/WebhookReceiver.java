package offload.e2e;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import offload.testing.RecordedRequest;
import offload.testing.Script;
import offload.testing.ScriptedUpstream;
import offload.testing.Until;

/** Where webhooks go in tests: what arrived, decoded. */
final class WebhookReceiver implements AutoCloseable {
    static final Script THANKS = Script.answer("200 OK", "text/plain", "thanks");

    private final ScriptedUpstream server = ScriptedUpstream.start().always(THANKS);

    WebhookReceiver() throws IOException {}

    /** A POST that arrived. */
    record Delivery(RecordedRequest request) {

        /** The status, byte for byte as it was put into the form. */
        String statusText() {
            String body = request.text();
            String field = "response=";
            if (!body.startsWith(field) || body.indexOf('&') >= 0) {
                throw new AssertionError("not one field named response: " + body);
            }
            return URLDecoder.decode(body.substring(field.length()), StandardCharsets.UTF_8);
        }

        JsonObject status() {
            try (JsonReader reader = Json.createReader(new StringReader(statusText()))) {
                return reader.readObject();
            }
        }

        String id() {
            return Objects.requireNonNull(request.header("webhook-id"));
        }

        String statusUrl() {
            return status().getJsonObject("endpoints").getString("status_url");
        }
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.port() + path;
    }

    /** What the next connections get; {@link #THANKS} after that. */
    WebhookReceiver then(Script script) {
        server.then(script);
        return this;
    }

    List<Delivery> deliveries() {
        return server.requests().stream().map(Delivery::new).toList();
    }

    /** Waits for so many POSTs and returns the last of them. */
    Delivery delivery(int number) {
        return Until.present(
                "delivery " + number,
                () -> deliveries().size() > number ? deliveries().get(number) : null);
    }

    @Override
    public void close() {
        server.close();
    }
}
