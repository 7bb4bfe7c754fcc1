package offload.e2e;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import offload.testing.RawHttp;
import offload.testing.Script;
import offload.testing.ScriptedUpstream;

/** A server whose front door is tried, and the requests that are as they should be. */
final class FrontDoor implements AutoCloseable {
    static final String HOST = "Host: localhost\r\n";
    static final String JSON = "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    static final String POST =
            "POST /v1/stream-chatgpt HTTP/1.1\r\n" + HOST + "Content-Type: application/json\r\nX-OpenAI-API-Key: k\r\n";

    private final ScriptedUpstream upstream;
    private final RunningServer server;
    private final Path folder;

    private FrontDoor(ScriptedUpstream upstream, RunningServer server, Path folder) {
        this.upstream = upstream;
        this.server = server;
        this.folder = folder;
    }

    /** Starts a server with {@code keys} over the defaults, on a folder of its own below {@code data}. */
    static FrontDoor open(Path data, Map<String, String> keys) throws IOException {
        ScriptedUpstream upstream = ScriptedUpstream.start().always(Script.events(chunk("hi")));
        Map<String, String> all = new HashMap<>(Map.of(
                "port",
                "0",
                "data-dir",
                Files.createTempDirectory(data, "door").toString(),
                "upstream.url",
                upstream.base().toString(),
                "shutdown-grace",
                "0"));
        all.putAll(keys);
        return new FrontDoor(upstream, RunningServer.start(all), Path.of(String.valueOf(all.get("data-dir"))));
    }

    static String chunk(String content) {
        return "{\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + content
                + "\"},\"finish_reason\":\"stop\"}]}";
    }

    /** The next turn's upstream says {@code first}, and {@code second} and the end once the test lets it {@code go} on. */
    void answer(String first, CountDownLatch go, String second) {
        upstream.then(c -> {
            c.request();
            c.chunkedEventStreamHead();
            c.chunk("data: " + chunk(first) + "\n\n");
            c.await(go);
            c.chunk("data: " + chunk(second) + "\n\ndata: [DONE]\n\n").lastChunk();
        });
    }

    ScriptedUpstream upstream() {
        return upstream;
    }

    int port() {
        return server.port();
    }

    /** A URL of this server as it can be reached: it names itself after the Host of the submission. */
    URI here(String url) {
        return URI.create("http://127.0.0.1:" + port() + URI.create(url).getRawPath());
    }

    /**
     * The file behind one of this server's URLs. It is never looked for: a server makes and removes files of its own all the
     * time, and a walk through its folder fails where one of them goes meanwhile.
     */
    Path file(URI url) {
        return folder.resolve(url.getPath().replaceFirst("^/1/r/", ""));
    }

    RawHttp connect() throws IOException {
        return RawHttp.open(port());
    }

    /** A connection on which these bytes were sent. */
    RawHttp send(String bytes) throws IOException {
        return connect().send(bytes);
    }

    /** Several connections on which these bytes were sent. */
    List<RawHttp> send(int count, String bytes) throws IOException {
        RawHttp[] all = new RawHttp[count];
        for (int i = 0; i < count; i++) {
            all[i] = send(bytes);
        }
        return List.of(all);
    }

    static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\n" + HOST + "\r\n";
    }

    /** A whole submission with a body of its length. */
    static String submission(String json) {
        return POST + "Content-Length: " + json.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + json;
    }

    @Override
    public void close() {
        server.close();
        upstream.close();
    }
}
