package offload.http.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.helidon.webserver.CloseConnectionException;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import offload.disk.DeviceSync;
import offload.eventlog.EventLog;
import offload.eventlog.RecordBatch;
import offload.http.connection.Connection;
import offload.sweep.Sweeper;
import offload.testing.TcpPair;
import offload.testing.Until;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A reader that has everything there is, and waits. */
class DirectStreamTest {
    private static final String COMMENT = "5\r\n: hb\n\r\n";

    @TempDir
    Path folder;

    private EventLog log;
    private TcpPair pair;
    private Connection connection;

    @BeforeEach
    void connect() throws IOException {
        log = new EventLog(Files.createFile(folder.resolve("log.txt")), new DeviceSync(folder));
        pair = TcpPair.open();
        connection = new Connection(pair.server(), InetAddress.getLoopbackAddress());
        RecordBatch batch = new RecordBatch();
        batch.begin(log.position());
        batch.add(new byte[] {'1'}, 0, 1);
        log.append(batch);
        log.publish(batch);
    }

    @AfterEach
    void close() throws IOException {
        log.breakOff();
        log.close();
        pair.close();
    }

    /** Ends the connection as who runs it does. */
    private void begin(Heartbeats heartbeats) {
        DirectStream stream = new DirectStream(log, 0, connection, heartbeats);
        Thread.ofVirtual().start(() -> {
            try (SocketChannel channel = connection.channel()) {
                stream.run();
            } catch (IOException | CloseConnectionException e) {
                // The client sees it.
            }
        });
    }

    private String next(int length) throws IOException {
        return new String(pair.client().getInputStream().readNBytes(length), StandardCharsets.US_ASCII);
    }

    @Test
    void a_client_of_http_1_0_gets_comments_without_the_framing_that_it_does_not_know() throws Exception {
        connection.withoutChunks();
        try (Sweeper sweeper = new Sweeper()) {
            begin(new Heartbeats(sweeper, 1));
            String record = Files.readString(log.file());
            assertEquals(record + ": hb\n: hb\n", next(record.length() + 10));
        }
    }

    @Test
    void a_silence_that_goes_on_has_one_comment_each_time_and_not_one_for_each_look() throws Exception {
        AtomicLong nanos = new AtomicLong();
        CountDownLatch looks = new CountDownLatch(3);
        try (Sweeper sweeper = new Sweeper()) {
            begin(new Heartbeats(sweeper, 15_000, nanos::get));
            Until.holds("it waits", () -> !connection.channel().isBlocking());
            nanos.addAndGet(TimeUnit.SECONDS.toNanos(15));
            int record = Files.readString(log.file()).length() + "00\r\n\r\n".length();
            assertTrue(next(record + COMMENT.length()).endsWith(COMMENT));
            sweeper.every(500, looks::countDown);
            looks.await();
            log.breakOff();
            assertEquals("", new String(pair.client().getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
        }
    }

    /** A whole body would be an answer that is finished: only one that breaks has a reader come back. */
    @Test
    void what_is_broken_off_does_not_look_as_if_it_had_ended() throws Exception {
        try (Sweeper sweeper = new Sweeper()) {
            begin(new Heartbeats(sweeper, 60_000));
            int chunk = Files.readString(log.file()).length() + "00\r\n\r\n".length();
            assertTrue(next(chunk).endsWith("\n\r\n"));
            log.breakOff();
            assertEquals("", new String(pair.client().getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
        }
    }

    @Test
    void who_waits_holds_no_descriptor_of_the_log() throws Exception {
        long before = descriptors();
        try (Sweeper sweeper = new Sweeper()) {
            begin(new Heartbeats(sweeper, 1));
            String chunk = next(Files.readString(log.file()).length());
            assertTrue(chunk.contains("data: 1\n"), chunk);
            Until.holds("the log is open for its turn alone", () -> descriptors() == before);
        }
    }

    /** How many of this process's lead to the log. */
    private long descriptors() throws IOException {
        List<Path> all;
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            all = open.toList();
        }
        long count = 0;
        for (Path each : all) {
            try {
                count += Files.readSymbolicLink(each).equals(log.file().toRealPath()) ? 1 : 0;
            } catch (NoSuchFileException e) {
                // Closed meanwhile.
            }
        }
        return count;
    }
}
