package offload.upstream.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import offload.upstream.ChatEnd;
import offload.upstream.openai.connection.Connection;
import org.junit.jupiter.api.Test;

/** However the network splits an upstream's bytes, the call gives the same events and the same end. */
class SplitTest {
    private static final String BODY =
            ": hi\r\n\r\ndata: {\"a\":\"\u00e9\ud83d\ude00\"}\n\nevent: x\r\ndata: {\r\ndata: }\r\n\r\ndata: [DONE]\n\n";
    private static final List<String> EVENTS = List.of("{\"a\":\"\u00e9\ud83d\ude00\"}", "{ }");

    @Test
    void chunked() throws Exception {
        byte[] body = BODY.getBytes(UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(
                "HTTP/1.1 103 X\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
                        .getBytes(UTF_8));
        for (int at = 0; at < body.length; at += 13) {
            int length = Math.min(13, body.length - at);
            out.writeBytes((Integer.toHexString(length) + ";x\r\n").getBytes(UTF_8));
            out.write(body, at, length);
            out.writeBytes("\r\n".getBytes(UTF_8));
        }
        assertSameAtEverySplit(out.toByteArray());
    }

    @Test
    void undeclared_and_with_a_length() throws Exception {
        int length = BODY.getBytes(UTF_8).length;
        assertSameAtEverySplit(("HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n" + BODY).getBytes(UTF_8));
    }

    @Test
    void gzip() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("HTTP/1.1 200 OK\nContent-Type: text/event-stream\nContent-Encoding: gzip\n\n".getBytes(UTF_8));
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(BODY.getBytes(UTF_8));
        }
        assertSameAtEverySplit(out.toByteArray());
    }

    @Test
    void whole_json() throws Exception {
        String json = " {\"a\": [1, \"\u20ac\"]} ";
        byte[] answer = ("HTTP/1.1 200 OK\r\n\r\n" + json).getBytes(UTF_8);
        for (int cut = 0; cut <= answer.length; cut++) {
            ChatEnd end = receive(answer, cut, cut, new RecordingSink());
            assertEquals(
                    json, new String(assertInstanceOf(ChatEnd.Whole.class, end).json(), UTF_8));
        }
    }

    private static void assertSameAtEverySplit(byte[] answer) throws IOException {
        for (int first = 0; first <= answer.length; first++) {
            for (int second = first; second <= answer.length; second += 1 + (second - first) / 4) {
                RecordingSink sink = new RecordingSink();
                assertEquals(new ChatEnd.Done(), receive(answer, first, second, sink));
                assertEquals(EVENTS, sink.events(), "split at " + first + " and " + second);
                assertEquals(List.of("message", "x"), sink.types());
            }
        }
        for (int piece = 1; piece < answer.length; piece++) {
            RecordingSink sink = new RecordingSink();
            assertEquals(
                    new ChatEnd.Done(), new Exchange(new Pieces(answer, piece), BodyRunner.CALLER, sink).receive());
            assertEquals(EVENTS, sink.events(), "pieces of " + piece);
        }
    }

    private static ChatEnd receive(byte[] answer, int first, int second, RecordingSink sink) throws IOException {
        try (Exchange exchange = new Exchange(new Pieces(answer, first, second), BodyRunner.CALLER, sink)) {
            return exchange.receive();
        }
    }

    /** A peer whose bytes arrive in exactly these pieces, in a buffer that is spoilt before each read. */
    private static final class Pieces implements Connection {
        private final byte[] buffer = new byte[4096];
        private final byte[] answer;
        private final int[] cuts;
        private int at;

        Pieces(byte[] answer, int... cuts) {
            this.answer = answer;
            this.cuts = cuts;
        }

        Pieces(byte[] answer, int piece) {
            this(
                    answer,
                    java.util.stream.IntStream.iterate(piece, cut -> cut < answer.length, cut -> cut + piece)
                            .toArray());
        }

        @Override
        public int read() {
            if (at == answer.length) {
                return -1;
            }
            int end = Arrays.stream(cuts).filter(cut -> cut > at).findFirst().orElse(answer.length);
            Arrays.fill(buffer, (byte) '#');
            System.arraycopy(answer, at, buffer, 0, end - at);
            int length = end - at;
            at = end;
            return length;
        }

        @Override
        public void write(ByteBuffer head, ByteBuffer body) {
            throw new UnsupportedOperationException("this peer only answers");
        }

        @Override
        public byte[] buffer() {
            return buffer;
        }

        @Override
        public boolean hasMore() {
            return false;
        }

        @Override
        public boolean hasSent() {
            return false;
        }

        @Override
        public boolean isFresh() {
            return true;
        }

        @Override
        public SocketChannel channel() {
            throw new UnsupportedOperationException("this peer has no socket");
        }

        @Override
        public void close() {}
    }
}
