package offload.upstream.sample;

import io.helidon.common.socket.SocketOptions;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import offload.json.JsonWriter;
import offload.upstream.sample.SampleRequest.Form;

/**
 * An OpenAI-compatible server on a free loopback port that makes its answers up. Started when it is made, stopped by
 * {@link #close()}; it asks for no key and ignores any. Any thread.
 */
public final class SampleUpstream implements AutoCloseable {
    private static final Duration HUMAN_PACE = Duration.ofMillis(25);
    private static final String JSON = "application/json";

    private final Duration perToken;
    private final WebServer server;

    /** At a human pace: 40 tokens a second after 300 ms of thinking. */
    public SampleUpstream() throws IOException {
        this(HUMAN_PACE);
    }

    /** With {@code perToken} between two tokens, and twelve times that before the first; zero for no waiting at all. */
    public SampleUpstream(Duration perToken) throws IOException {
        this.perToken = perToken;
        server = WebServer.builder()
                .host("127.0.0.1")
                .port(0)
                .shutdownHook(false)
                .featuresDiscoverServices(false)
                .useNio(false)
                .shutdownGracePeriod(Duration.ofMillis(100))
                .connectionOptions(SocketOptions.builder().tcpNoDelay(true).build())
                .routing(this::route)
                .build()
                .start();
        if (!server.isRunning()) {
            server.stop();
            throw new IOException("the sample upstream found no free port on 127.0.0.1");
        }
    }

    /** The base URL to call it by, {@code http://127.0.0.1:PORT/v1}. */
    public URI base() {
        return URI.create("http://127.0.0.1:" + server.port() + "/v1");
    }

    private void route(HttpRouting.Builder routing) {
        routing.post("/v1/chat/completions", this::complete)
                .get("/v1/models", SampleUpstream::models)
                .any(SampleUpstream::unknown);
    }

    private void complete(ServerRequest request, ServerResponse response) throws IOException {
        try {
            SampleRequest wanted =
                    SampleRequest.parse(request.content().inputStream().readAllBytes());
            List<SampleChoice> choices = IntStream.range(0, wanted.limits().choices())
                    .mapToObj(index -> SampleChoice.of(wanted, index))
                    .toList();
            answer(response, wanted, choices);
        } catch (SampleFault e) {
            send(response, e.status(), e.body());
        }
    }

    private void answer(ServerResponse response, SampleRequest wanted, List<SampleChoice> choices) throws IOException {
        SampleJson json = new SampleJson(wanted, choices);
        SamplePace pace = new SamplePace(perToken);
        if (wanted.form() != Form.WHOLE) {
            response.header(HeaderNames.CONTENT_TYPE, "text/event-stream; charset=utf-8");
            response.header(HeaderNames.CACHE_CONTROL, "no-cache");
            try (OutputStream out = response.outputStream()) {
                new SampleStream(out, json, pace).send(choices, wanted.form() == Form.CHUNKS_AND_USAGE);
            }
        } else {
            pace.awaitToken(
                    choices.stream().mapToInt(SampleChoice::tokens).max().orElse(0));
            send(response, 200, json.completion());
        }
    }

    private static void models(ServerRequest request, ServerResponse response) {
        JsonWriter out = new JsonWriter()
                .beginObject()
                .name("object")
                .value("list")
                .name("data")
                .beginArray();
        for (String model : List.of("sample-model", "gpt-3.5-turbo")) {
            out.beginObject().name("id").value(model).name("object").value("model");
            out.name("created")
                    .value(1_685_617_626L)
                    .name("owned_by")
                    .value("offload")
                    .endObject();
        }
        send(response, 200, out.endArray().endObject().toBytes());
    }

    private static void unknown(ServerRequest request, ServerResponse response) {
        String path = request.path().path();
        boolean known = path.equals("/v1/chat/completions") || path.equals("/v1/models");
        String call = request.prologue().method().text() + " " + path;
        SampleFault fault = known
                ? new SampleFault(405, call + " is not supported.", null, "method_not_supported")
                : new SampleFault(404, "Unknown URL: " + call + ".", null, "unknown_url");
        send(response, fault.status(), fault.body());
    }

    private static void send(ServerResponse response, int status, byte[] body) {
        response.status(Status.create(status))
                .header(HeaderNames.CONTENT_TYPE, JSON)
                .send(body);
    }

    /** Stops; answers that still stream are cut. */
    @Override
    public void close() {
        server.stop();
    }
}
