package offload.e2e;

import static offload.e2e.Sample.README;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import offload.e2e.Sample.Ran;
import offload.testing.RecordedRequest;
import offload.testing.Script;
import offload.testing.ScriptedUpstream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The samples of the README that read a stream have all of it, each event once, whatever becomes of their connections. */
class SamplesGoOnIT {
    private static final String FIRST = "data: {\"choices\":[{\"delta\":{\"content\":\"The tides\"}}]}\nid: 57\n\n";
    private static final String REST =
            "data: {\"choices\":[{\"delta\":{\"content\":\" turn.\"}}]}\nid: 111\n\ndata: [DONE]\nid: 133\n\n";
    private static final Script PROXY_ALONE = Script.answer("502 Bad Gateway", "text/html", "<h1>502 Bad Gateway</h1>");
    private static final String STATUS = "{\"status\":\"done\",\"response\":{\"body\":{}}}";

    @TempDir
    Path folder = Path.of("");

    ScriptedUpstream server;

    @BeforeEach
    void start() throws IOException {
        server = ScriptedUpstream.start();
        String submission =
                "{\"status\":\"success\",\"endpoints\":{\"stream_events_url\":\"%1$s/t.txt\",\"status_url\":\"%1$s/t.json\"}}";
        server.then(Script.answer("200 OK", "application/json", submission.formatted(address())));
    }

    @AfterEach
    void end() throws Exception {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"python, import, 'done None\n'", "php, curl_init, ''"})
    void it_goes_on_where_a_proxy_stood_alone_for_a_moment(String language, String part, String more) throws Exception {
        String half = REST.substring(0, 30);
        server.then(Script.eventStream(FIRST + half)).then(PROXY_ALONE).then(Script.eventStream(REST));
        server.always(Script.answer("200 OK", "application/json", STATUS));
        assertEquals(
                new Ran(0, "The tides turn.\n" + more),
                Sample.of(README, language, part).run(address(), folder));
        assertEquals(List.of("0", "57", "57"), cursors());
    }

    @Test
    void php_goes_on_where_a_connection_was_lost_without_a_word() throws Exception {
        server.then(connection -> {
            connection.request();
            connection.eventStreamHead().send(FIRST);
            connection.awaitClientClose();
        });
        server.then(Script.eventStream(REST));
        assertEquals(
                new Ran(0, "The tides turn.\n"),
                Sample.of(README, "php", "curl_init").with("> 60", "> 1").run(address(), folder));
        assertEquals(List.of("0", "57"), cursors());
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    private List<String> cursors() {
        return server.requests().stream()
                .filter(request -> request.target().endsWith(".txt"))
                .map(SamplesGoOnIT::cursor)
                .toList();
    }

    private static String cursor(RecordedRequest request) {
        return Objects.requireNonNullElse(request.header("Last-Event-ID"), "");
    }
}
