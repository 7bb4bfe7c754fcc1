package offload.upstream.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import offload.testing.Until;
import offload.upstream.ChatEnd;
import org.junit.jupiter.api.Test;

/** Compression that nobody asked for. */
class CompressionTest extends Answered {
    private ChatEnd answered(String coding, byte[] body) throws Exception {
        upstream.then(c -> {
            c.request();
            c.head("200 OK", "Content-Type: text/event-stream", coding).send(body);
        });
        return caller.run(upstream.base(), sink);
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(text.getBytes(UTF_8));
        }
        return out.toByteArray();
    }

    private static byte[] deflate(String text, boolean raw) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream deflate = new DeflaterOutputStream(out, new Deflater(6, raw))) {
            deflate.write(text.getBytes(UTF_8));
        }
        return out.toByteArray();
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private void assertBoth(ChatEnd end) {
        assertEquals(new ChatEnd.Ended(), end);
        assertEquals(List.of("{\"a\":1}", "{\"b\":2}"), sink.events());
    }

    @Test
    void gzip_is_decoded() throws Exception {
        assertBoth(answered("Content-Encoding: gzip", gzip(EVENTS)));
    }

    @Test
    void x_gzip_as_transfer_coding_is_decoded() throws Exception {
        byte[] body = gzip(EVENTS);
        byte[] size = (Integer.toHexString(body.length) + "\r\n").getBytes(UTF_8);
        byte[] end = "\r\n0\r\n\r\n".getBytes(UTF_8);
        assertBoth(answered("Transfer-Encoding: x-gzip, chunked", joined(size, body, end)));
    }

    @Test
    void deflate_is_decoded_with_and_without_its_wrapper() throws Exception {
        assertBoth(answered("Content-Encoding: deflate", deflate(EVENTS, false)));
    }

    @Test
    void raw_deflate_is_decoded() throws Exception {
        assertBoth(answered("Content-Encoding: Deflate", deflate(EVENTS, true)));
    }

    @Test
    void twice_is_decoded_twice() throws Exception {
        assertBoth(answered("Content-Encoding: deflate, gzip", gzipBytes(deflate(EVENTS, false))));
    }

    /** Each takes memory and stack: the thousands that a head has room for ended the server. */
    @Test
    void more_than_four_times_is_refused() throws Exception {
        byte[] fourTimes = gzipBytes(gzipBytes(gzipBytes(gzip(EVENTS))));
        assertBoth(answered("Content-Encoding: gzip, gzip, gzip, gzip", fourTimes));
        ChatEnd end = answeredAgain("Content-Encoding: " + "gzip,".repeat(13_000), new byte[] {0x1f});
        assertInvalid(end, "compressed more than 4 times");
    }

    private static byte[] gzipBytes(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    @Test
    void several_members_and_padding_after_them_are_fine() throws Exception {
        byte[] first = gzip(EVENTS.substring(0, 20));
        assertBoth(answered("Content-Encoding: gzip", joined(first, gzip(EVENTS.substring(20)), new byte[30])));
    }

    @Test
    void optional_fields_of_the_header_are_skipped() throws Exception {
        byte[] plain = gzip(EVENTS);
        byte[] head = Arrays.copyOf(plain, 10);
        head[3] = 2 + 4 + 8 + 16;
        byte[] extra = {44, 1};
        byte[] fields = {'n', 'a', 0, 'c', 0, 7, 7};
        byte[] rest = Arrays.copyOfRange(plain, 10, plain.length);
        assertBoth(answered("Content-Encoding: gzip", joined(head, extra, new byte[300], fields, rest)));
    }

    @Test
    void what_follows_a_deflated_answer_is_ignored() throws Exception {
        assertBoth(answered("Content-Encoding: deflate", joined(deflate(EVENTS, false), new byte[30])));
    }

    @Test
    void a_header_without_end_is_too_large_though_nothing_comes_of_it() throws Exception {
        upstream.then(c -> {
            c.request();
            c.head("200 OK", "Content-Type: text/event-stream", "Content-Encoding: gzip");
            c.send(new byte[] {0x1f, (byte) 0x8b, 8, 8, 0, 0, 0, 0, 0, 0});
            byte[] name = "n".repeat(1 << 20).getBytes(UTF_8);
            for (int sent = 0; sent <= 64; sent++) {
                c.send(name);
            }
            c.awaitClientClose();
        });
        String message = assertInstanceOf(ChatEnd.Invalid.class, caller.run(upstream.base(), sink))
                .message();
        assertEquals("The upstream's answer is too large: it is longer than 64 MiB.", message);
    }

    @Test
    void an_event_is_given_as_soon_as_it_can_be_decompressed() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        upstream.then(c -> {
            c.request();
            c.head("200 OK", "Content-Encoding: gzip");
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            GZIPOutputStream gzip = new GZIPOutputStream(out, 512, true);
            gzip.write(EVENTS.getBytes(UTF_8));
            gzip.flush();
            c.send(out.toByteArray());
            c.await(gate);
        });
        Caller.Running running = caller.start(Caller.call(upstream.base(), true));
        Until.holds("events and their flush", () -> running.sink().flushes().equals(List.of(2)));
        gate.countDown();
        assertInstanceOf(ChatEnd.Truncated.class, running.await());
    }

    @Test
    void compressed_data_that_breaks_off_is_truncated() throws Exception {
        byte[] body = gzip(EVENTS.repeat(3));
        assertInstanceOf(
                ChatEnd.Truncated.class, answered("Content-Encoding: gzip", Arrays.copyOf(body, body.length - 15)));
    }

    @Test
    void damaged_data_is_invalid() throws Exception {
        byte[] body = gzip(EVENTS);
        Arrays.fill(body, 12, 20, (byte) 0xFF);
        assertInstanceOf(ChatEnd.Invalid.class, answered("Content-Encoding: gzip", body));
        assertInstanceOf(ChatEnd.Invalid.class, answeredAgain("Content-Encoding: gzip", EVENTS.getBytes(UTF_8)));
        assertInstanceOf(ChatEnd.Invalid.class, answeredAgain("Content-Encoding: br", EVENTS.getBytes(UTF_8)));
        byte[] withDictionary = {0x78, (byte) 0xbb, 0, 0, 0, 1, 3, 0};
        assertInvalid(answeredAgain("Content-Encoding: deflate", withDictionary), "damaged");
    }

    private ChatEnd answeredAgain(String coding, byte[] body) throws Exception {
        upstream.then(c -> {
            c.request();
            c.head("200 OK", coding).send(body);
        });
        return caller.run(upstream.base(), new RecordingSink());
    }

    @Test
    void a_coding_that_is_not_known_is_named_where_it_is_the_name_of_one() throws Exception {
        ChatEnd.Invalid end =
                assertInstanceOf(ChatEnd.Invalid.class, answered("Content-Encoding: gzip, BR", gzip(EVENTS)));
        assertTrue(end.message().contains("compressed with `br`"), end.message());
        end = assertInstanceOf(ChatEnd.Invalid.class, answeredAgain("Content-Encoding: sk-canary", gzip(EVENTS)));
        assertFalse(end.message().contains("canary"), end.message());
    }

    @Test
    void the_limits_count_what_comes_out() throws Exception {
        byte[] bomb = gzip(": " + "x".repeat(1000) + "\n" + ("data: " + "x".repeat(1 << 19) + "\n\n").repeat(130));
        assertEquals(true, bomb.length < 1 << 20);
        ChatEnd.Invalid end = assertInstanceOf(ChatEnd.Invalid.class, answered("Content-Encoding: gzip", bomb));
        assertEquals(true, end.message().contains("64 MiB"), end.message());
        assertEquals(127, sink.events().size());
    }

    @Test
    void a_compressed_rejection_can_be_read() throws Exception {
        upstream.then(c -> {
            c.request();
            c.head("401 X", "Content-Encoding: gzip").send(gzip("{\"error\":{}}"));
        });
        ChatEnd.Rejected end = assertInstanceOf(ChatEnd.Rejected.class, caller.run(upstream.base(), sink));
        assertEquals("{\"error\":{}}", new String(end.body(), UTF_8));
    }
}
