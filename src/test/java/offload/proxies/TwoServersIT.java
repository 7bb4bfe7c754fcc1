package offload.proxies;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import offload.testing.RawHttp;
import offload.testing.Script;
import offload.testing.ScriptedUpstream;
import offload.testing.ServerProcess;
import offload.testing.SseRecorder;
import offload.testing.Until;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two servers on one data folder behind HAProxy, drained one after another, as one does for an upgrade. The folder may be
 * mounted twice: {@code offload.folder.one} and {@code offload.folder.two} name the mounts (scripts/cluster-test).
 */
class TwoServersIT {
    @TempDir
    private Path folder;

    private final List<ResumingReader> readers = new ArrayList<>();

    private Path data(String which) {
        return Path.of(System.getProperty(
                "offload.folder." + which, folder.resolve("data").toString()));
    }

    private static ServerProcess server(Path data, int port, URI upstream) throws IOException {
        return ServerProcess.start(
                data,
                Map.of(
                        "OFFLOAD_UPSTREAM_URL",
                        upstream.toString(),
                        "OFFLOAD_PORT",
                        String.valueOf(port),
                        "OFFLOAD_LOG_ACCESS",
                        "true"));
    }

    private static CountDownLatch gated(ScriptedUpstream upstream) {
        CountDownLatch gate = new CountDownLatch(1);
        upstream.then(Script.eventsThenWait(gate, ProxiesIT.chunk("all", "null"), ProxiesIT.chunk("here", "\"stop\"")));
        return gate;
    }

    private Turn followed(URI at, Proxy proxy) throws IOException {
        Turn turn = Turn.submit(at, "stream", "public");
        URI events = proxy.url(turn.url("stream_events_url").getPath());
        List<ResumingReader> opened =
                Stream.generate(() -> ResumingReader.start(events)).limit(3).toList();
        opened.forEach(ResumingReader::begun);
        readers.addAll(opened);
        return turn;
    }

    @Test
    void servers_are_drained_one_after_another_and_no_reader_loses_an_event() throws Exception {
        Proxy.need(Proxy.Kind.HAPROXY);
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                ServerProcess one = server(data("one"), 0, upstream.base());
                ServerProcess two = server(data("two"), 0, upstream.base());
                Proxy proxy =
                        Proxy.start(Proxy.Kind.HAPROXY, folder.resolve("proxy"), data("one"), one.port(), two.port())) {
            CountDownLatch first = gated(upstream);
            Turn onOne = followed(one.url("/"), proxy);
            CountDownLatch second = gated(upstream);
            Turn onTwo = followed(two.url("/"), proxy);

            drain(one);
            CountDownLatch third = gated(upstream);
            Turn meanwhile = followed(proxy.url("/"), proxy);
            proxy.awaitServer("offload/one", "DOWN");
            first.countDown();
            assertOrderlyEnd(one);

            try (ServerProcess oneAgain = server(data("one"), one.port(), upstream.base())) {
                proxy.awaitServer("offload/one", "UP");
                drain(two);
                upstream.always(Script.events(ProxiesIT.chunk("late", "\"stop\"")));
                Turn late = Turn.submit(proxy.url("/"), "stream", "public");
                proxy.awaitServer("offload/two", "DOWN");
                second.countDown();
                third.countDown();
                assertOrderlyEnd(two);
                assertTrue(late.finalStatus(proxy.url("/")).contains("\"late\""));
                for (Turn turn : List.of(onOne, onTwo, meanwhile)) {
                    assertTrue(turn.finalStatus(proxy.url("/")).contains("\"allhere\""));
                }
                assertNothingLost();
                assertTrue(oneAgain.isAlive());
            }
        }
    }

    /** Once it drains: a turn that it still took would have to be waited for. The proxy need not know of it yet. */
    private static void drain(ServerProcess server) {
        server.terminate();
        Until.holds(
                "the server drains",
                () -> RawHttp.exchange("GET", server.url("/health/ready"), null).status() == 503);
    }

    @Test
    void a_server_that_has_nothing_to_do_ends_without_any_submission_that_fails() throws Exception {
        Proxy.need(Proxy.Kind.HAPROXY);
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                ServerProcess one = server(data("one"), 0, upstream.base());
                ServerProcess two = server(data("two"), 0, upstream.base());
                Proxy proxy =
                        Proxy.start(Proxy.Kind.HAPROXY, folder.resolve("proxy"), data("one"), one.port(), two.port())) {
            upstream.always(Script.events(ProxiesIT.chunk("brief", "\"stop\"")));
            Until.holds("HAProxy has asked it", () -> one.output().contains("path=/health/ready"));
            one.terminate();
            while (one.isAlive()) {
                Turn.submit(proxy.url("/"), "stream", "public");
            }
            assertOrderlyEnd(one);
            Turn.submit(proxy.url("/"), "stream", "public");
        }
    }

    private static void assertOrderlyEnd(ServerProcess server) throws Exception {
        int code = server.await();
        assertTrue(code == 0 || code == 143, "ended with " + code + ":\n" + server.output());
    }

    /** Each reader has each event once, with the id that stands in the file. */
    private void assertNothingLost() throws Exception {
        for (ResumingReader reader : readers) {
            StringBuilder read = new StringBuilder();
            for (SseRecorder.Event event : reader.everything()) {
                read.append("data: ")
                        .append(event.data())
                        .append("\nid: ")
                        .append(event.id())
                        .append("\n\n");
                assertEquals(event.id(), String.valueOf(read.toString().getBytes(StandardCharsets.UTF_8).length));
            }
            assertEquals(reader.file(data("one")), read.toString());
        }
        int connections = readers.stream().mapToInt(ResumingReader::connections).sum();
        System.out.println(readers.size() + " readers needed " + connections + " connections");
    }
}
