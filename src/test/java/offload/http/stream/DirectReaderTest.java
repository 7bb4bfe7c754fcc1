package offload.http.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import offload.testing.TcpPair;
import offload.testing.Until;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a turn writes to a reader's socket, and what is left to the reader. */
class DirectReaderTest {
    private TcpPair pair;
    private SocketChannel channel;

    @BeforeEach
    void connect() throws IOException {
        pair = TcpPair.open();
        channel = pair.server();
        channel.setOption(StandardSocketOptions.SO_SNDBUF, 4096);
        channel.configureBlocking(false);
    }

    @AfterEach
    void close() throws IOException {
        pair.close();
    }

    @Test
    void a_client_that_knows_chunks_gets_records_and_comments_with_the_framing_around_them() throws Exception {
        DirectReader reader = new DirectReader(channel, true, 100);
        assertTrue(reader.take(ascii("4\r\nabc\n\r\n"), 4, false));
        assertTrue(reader.take(ascii("5\r\n: hb\n\r\n"), 0, false));
        assertFalse(reader.isWhole());
        assertTrue(reader.take(ascii("2\r\nz\n\r\n0\r\n\r\n"), 2, true));
        assertTrue(reader.isWhole());
        assertEquals(106, reader.position());
        assertEquals("4\r\nabc\n\r\n5\r\n: hb\n\r\n2\r\nz\n\r\n0\r\n\r\n", heard());
    }

    /** Without the comments a proxy that speaks HTTP/1.0 takes a model that thinks for one that hangs. */
    @Test
    void a_client_of_http_1_0_gets_the_same_records_and_comments_alone() throws Exception {
        DirectReader reader = new DirectReader(channel, false, 100);
        assertTrue(reader.take(ascii("4\r\nabc\n\r\n"), 4, false));
        assertTrue(reader.take(ascii(": hb\n"), 0, false));
        assertTrue(reader.take(ascii("2\r\nz\n\r\n0\r\n\r\n"), 2, true));
        assertEquals(106, reader.position());
        assertEquals("abc\n: hb\nz\n", heard());
    }

    @Test
    void what_a_full_socket_did_not_take_is_left_to_the_reader_once_and_nothing_of_it_is_lost() throws Exception {
        DirectReader reader = new DirectReader(channel, false, 0);
        byte[] records = new byte[16 << 20];
        for (int i = 0; i < records.length; i++) {
            records[i] = (byte) ('a' + i % 26);
        }
        ByteBuffer chunk = ByteBuffer.allocate(records.length + 2).put(records).flip();
        assertFalse(reader.take(chunk.limit(records.length + 2), records.length, false));
        assertTrue(reader.isReleased());
        assertFalse(reader.isGone());
        assertEquals(records.length, reader.position());
        byte[] rest = reader.takeRest();
        assertEquals(0, reader.takeRest().length);
        byte[] sent = pair.client().getInputStream().readNBytes(records.length - rest.length);
        byte[] whole = Arrays.copyOf(sent, records.length);
        System.arraycopy(rest, 0, whole, sent.length, rest.length);
        assertTrue(Arrays.equals(records, whole));
    }

    @Test
    void a_client_that_has_left_is_gone() throws Exception {
        DirectReader reader = new DirectReader(channel, true, 0);
        pair.client().setSoLinger(true, 0);
        pair.client().close();
        Until.holds("it is noticed", () -> !reader.take(ascii("4\r\nabc\n\r\n"), 4, false));
        assertTrue(reader.isGone());
        assertTrue(reader.isReleased());
    }

    private String heard() throws IOException {
        channel.shutdownOutput();
        return new String(pair.client().getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }

    private static ByteBuffer ascii(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }
}
