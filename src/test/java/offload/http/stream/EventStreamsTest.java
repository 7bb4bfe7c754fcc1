package offload.http.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import offload.disk.DeviceSync;
import offload.eventlog.EventLog;
import offload.eventlog.LiveTail;
import offload.eventlog.RecordBatch;
import offload.http.connection.Connections;
import offload.sweep.Sweeper;
import offload.testing.RawHttp;
import offload.testing.Until;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Readers whose connection is known to the web server alone, as behind TLS. */
class EventStreamsTest {
    @TempDir
    Path folder;

    private final Sweeper sweeper = new Sweeper();
    private final Heartbeats heartbeats = new Heartbeats(sweeper, 60_000);
    private final EventStreams streams = new EventStreams(heartbeats, new Connections());
    private EventLog log;
    private WebServer server;

    @BeforeEach
    void listen() throws IOException {
        log = new EventLog(Files.createFile(folder.resolve("log.txt")), new DeviceSync(folder));
        RecordBatch batch = new RecordBatch();
        batch.begin(log.position());
        batch.add(new byte[] {'1'}, 0, 1);
        log.append(batch);
        log.publish(batch);
        server = WebServer.builder()
                .host("127.0.0.1")
                .shutdownHook(false)
                .routing(routing -> routing.get("/", this::follow))
                .build()
                .start();
    }

    @AfterEach
    void close() throws IOException {
        log.breakOff();
        server.stop();
        log.close();
        sweeper.close();
    }

    private void follow(ServerRequest request, ServerResponse response) throws IOException {
        try (LiveTail tail = new LiveTail(log)) {
            streams.follow(tail, 0, request, response);
        }
    }

    /** A reader who follows the log. */
    private RawHttp reader() throws IOException {
        RawHttp reader = RawHttp.open(server.port()).send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
        Until.holds("the reader follows", () -> heartbeats.count() == 1);
        return reader;
    }

    @Test
    void what_has_ended_is_a_whole_body() throws IOException {
        try (RawHttp reader = reader()) {
            log.end();
            assertEquals(
                    ": hb\n" + Files.readString(log.file()), reader.response().text());
        }
    }

    /** A whole body would be an answer that is finished: only one that breaks has a reader come back. */
    @Test
    void what_is_broken_off_does_not_look_as_if_it_had_ended() throws IOException {
        try (RawHttp reader = reader()) {
            log.breakOff();
            assertThrows(EOFException.class, reader::response);
        }
    }
}
