package offload.sse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SseDecoderTest {

    /** Streams and what they mean: each event as {@code type=data}. Bytes are written as Latin-1. */
    static List<Arguments> linesAndFields() {
        return List.of(
                stream("lf", "data: a\n\ndata: b\n\n", "message=a", "message=b"),
                stream("cr", "data: a\r\rdata: b\r\r", "message=a", "message=b"),
                stream("crlf", "data: a\r\n\r\ndata: b\r\n\r\n", "message=a", "message=b"),
                stream(
                        "mixed line ends",
                        "data: a\r\n\ndata: b\n\rdata: c\r\r\n",
                        "message=a",
                        "message=b",
                        "message=c"),
                stream("a cr and an lf end one line only", "data: a\r\ndata: b\r\n\r\n", "message=a b"),
                stream("no space", "data:a\n\n", "message=a"),
                stream("one space is taken off, no more", "data:  a \n\n", "message= a "),
                stream("a tab stays", "data:\ta\n\n", "message=\ta"),
                stream("lines are joined by a space", "data: {\"a\":\ndata: 1}\n\n", "message={\"a\": 1}"),
                stream("colons in the value", "data: a:b: c\n\n", "message=a:b: c"),
                stream("a field without colon", "data\n\ndata\ndata\n\ndata", "message=", "message= "),
                stream("empty data", "data:\n\ndata: \n\n", "message=", "message="),
                stream("comments", ": hb\n:\n::x\ndata: a\n:between\ndata: b\n\n: end\n\n", "message=a b"),
                stream(
                        "types",
                        "event: add\ndata: 1\n\ndata: 2\n\nevent\ndata: 3\n\n",
                        "add=1",
                        "message=2",
                        "message=3"),
                stream(
                        "a field named error",
                        "data: 1\n\nerror: {\"code\":500}\n\nerror\n\ndata: 2\n\n",
                        "message=1",
                        "error={\"code\":500}",
                        "error=",
                        "message=2"),
                stream("a comment packed into data", "data: : hb\n\ndata::hb\ndata: a\ndata: :b\n\n", "message=a :b"),
                stream("the last type counts", "event: a\nevent:b\ndata: 1\n\n", "b=1"));
    }

    static List<Arguments> oddities() {
        return List.of(
                stream("a type without data is dropped", "event: add\n\ndata: 1\n\n", "message=1"),
                stream("no stream is resumed", "id: 1\nretry: 5\ndata: a\n\nid: 2\nretry\n\n", "message=a"),
                stream("unknown fields", "foo: x\ndata : y\nDATA: z\n data: z\n{\"a\":1}\ndata: a\n\n", "message=a"),
                stream("an unfinished event is discarded", "data: a\n\ndata: b\n", "message=a"),
                stream("an unfinished line is discarded", "data: a\n\ndata: b", "message=a"),
                stream("mark at the start", "\u00ef\u00bb\u00bfdata: a\n\n", "message=a"),
                stream("only one mark", "\u00ef\u00bb\u00bf\u00ef\u00bb\u00bfdata: a\n\ndata: b\n\n", "message=b"),
                stream("half a mark is text", "\u00ef\u00bbdata: a\n\ndata: b\n\n", "message=b"),
                stream("a mark later is text", "data: a\n\n\u00ef\u00bb\u00bfdata: b\n\n", "message=a"),
                stream("blank lines at the start", "\n\r\n\rdata: a\n\n", "message=a"),
                stream("nothing", ""),
                stream("a nul is data", "data: a\0b\n\n", "message=a\0b"));
    }

    static List<Arguments> encodings() {
        return List.of(
                stream("utf-8", "data: \u00e2\u0082\u00ac\u00f0\u009f\u0098\u0080\n\n", "message=\u20ac\ud83d\ude00"),
                stream(
                        "the first and last characters of each length",
                        "data: \u00c2\u0080\u00e0\u00a0\u0080\u00ef\u00bf\u00bf\u00f4\u008f\u00bf\u00bf\n\n",
                        "message=\u0080\u0800\uffff\udbff\udfff"),
                stream("ill-formed among eights", "data: 01234567\u00ff89abcdef\n\n", "message=01234567\ufffd89abcdef"),
                stream("a lone lead byte", "data: \u00c3\n\n", "message=\ufffd"),
                stream("a surrogate is three", "data: \u00ed\u00a0\u0080!\n\n", "message=\ufffd\ufffd\ufffd!"),
                stream("a cut sequence is one", "data: \u00f0\u009f\u0098x\n\n", "message=\ufffdx"),
                stream("an overlong form", "data: \u00c0\u00afz\n\n", "message=\ufffd\ufffdz"),
                stream(
                        "beyond the last character",
                        "data: \u00f4\u0090\u0080\u0080\n\n",
                        "message=\ufffd\ufffd\ufffd\ufffd"),
                stream("no stray byte", "data: \u0080\u00ff\n\n", "message=\ufffd\ufffd"),
                stream("ill-formed type", "event: \u00ff\ndata: a\n\n", "\ufffd=a"),
                stream(
                        "long enough to be read in eights",
                        "data: 0123456789abcdef0123456789abcdef\n\n",
                        "message=0123456789abcdef0123456789abcdef"));
    }

    private static Arguments stream(String name, String latin1, String... events) {
        return Arguments.of(name, latin1.getBytes(StandardCharsets.ISO_8859_1), List.of(events));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"linesAndFields", "oddities", "encodings"})
    void a_stream_means_the_same_however_it_is_split(String name, byte[] stream, List<String> events) throws Exception {
        assertEquals(events, decoded(stream, stream.length), name);
        for (int piece = 1; piece < stream.length; piece++) {
            assertEquals(events, decoded(stream, piece), "pieces of " + piece);
        }
        for (int first = 0; first <= stream.length; first++) {
            for (int second = first; second <= stream.length; second++) {
                List<String> found = new ArrayList<>();
                SseDecoder decoder = decoder(found);
                feed(decoder, stream, 0, first);
                feed(decoder, stream, first, second);
                feed(decoder, stream, second, stream.length);
                assertEquals(events, found, "cut at " + first + " and " + second);
            }
        }
    }

    static List<Arguments> bareJson() {
        return List.of(
                stream("none", "data: a\n\n{", "{"),
                stream("nothing", "data: a\n\n: {\nid: {\n\n", ""),
                stream("one line", "data: a\n\n{\"a\":1}\n\ndata: b\n\n", "{\"a\":1}"),
                stream("without an end", "data: a\n\n{\"a\":1}", "{\"a\":1}"),
                stream("of many lines", "{\r\n  \"data\": 1,\r\n  \"b\": 2\r\n}\r\n", "{   \"data\": 1,   \"b\": 2 }"),
                stream("to an empty line", "{\"a\":1\n\n}\nid: 5\n\n", "{\"a\":1"),
                stream("fields are no part of it", "{\"a\":\ndata: b\nevent: c\n1}", "{\"a\": 1}"),
                stream("the last", "{\"a\":1}\n{\"b\":2}\n", "{\"b\":2}"),
                stream("made valid", "{\"\u00ff\"}\n", "{\"\ufffd\"}"),
                stream("up to a limit", "{" + "x".repeat(65_534) + "\n", "{" + "x".repeat(65_534)),
                stream("beyond a limit", "{" + "x".repeat(65_535) + "\n}\n", ""),
                stream("another beyond", "{" + "x".repeat(70_000) + "\n{\"a\":1}\n", "{\"a\":1}"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bareJson")
    void json_in_no_event_is_kept_however_the_stream_is_split(String name, byte[] stream, List<String> json)
            throws Exception {
        for (int first = 0; first <= stream.length; first += stream.length < 1000 ? 1 : 997) {
            SseDecoder decoder = decoder(new ArrayList<>());
            feed(decoder, stream, 0, first);
            feed(decoder, stream, first, stream.length);
            assertEquals(
                    json.getFirst(),
                    new String(decoder.bareJson(), StandardCharsets.UTF_8),
                    name + ", cut at " + first);
        }
    }

    @Test
    void random_streams_mean_the_same_however_they_are_split() throws Exception {
        String[] parts = {
            "data", ":", " ", "\n", "\r", "\r\n", "\n\n", "event", "id", "x", "\u00e2\u0082\u00ac", "\u00ff", "\ufeff"
        };
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < 60; i++) {
                text.append(parts[random.nextInt(parts.length)]);
            }
            byte[] stream = text.toString()
                    .getBytes(random.nextBoolean() ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
            List<String> whole = decoded(stream, stream.length);
            for (int piece = 1; piece < 12; piece++) {
                assertEquals(whole, decoded(stream, piece), "seed " + seed + ", pieces of " + piece);
            }
        }
    }

    @Test
    void an_event_that_is_whole_in_the_read_is_given_in_place() throws Exception {
        byte[] stream = "data: a\n\ndata: {\"b\":1}\n\n".getBytes(StandardCharsets.UTF_8);
        List<Integer> offsets = new ArrayList<>();
        new SseDecoder((type, buffer, offset, length) -> {
                    assertSame(stream, buffer);
                    return offsets.add(offset);
                })
                .feed(stream, 0, stream.length);
        assertEquals(List.of(6, 15), offsets);
    }

    @Test
    void who_wants_no_more_gets_no_more() throws Exception {
        byte[] stream = "data: a\n\ndata: b\n\n".getBytes(StandardCharsets.UTF_8);
        List<Integer> offsets = new ArrayList<>();
        SseDecoder decoder = new SseDecoder((type, buffer, offset, length) -> !offsets.add(offset));
        assertFalse(decoder.feed(stream, 0, stream.length));
        assertEquals(1, offsets.size());
    }

    @Test
    void a_line_may_have_its_limit_and_not_one_byte_more() throws Exception {
        String limit = "data:" + "x".repeat(SseDecoder.MAX_LINE - 5);
        for (int piece : new int[] {16 * 1024, 3 << 20}) {
            assertEquals(1, decoded(bytes(limit + "\n\n"), piece).size());
            assertThrows(SseLimitException.class, () -> decoded(bytes(limit + "x\n\n"), piece));
            assertThrows(SseLimitException.class, () -> decoded(bytes(":" + limit), piece));
        }
    }

    @Test
    void an_event_may_have_its_limit_and_not_one_byte_more() throws Exception {
        String quarter = "data:" + "x".repeat(SseDecoder.MAX_EVENT / 4 - 6) + "\n";
        // Four lines and the joiners after them, and the rest of the limit in a fifth.
        String limit = quarter.repeat(4) + "data:" + "x".repeat(4 * 6 - 4);
        for (int piece : new int[] {16 * 1024, 9 << 20}) {
            assertEquals(1, decoded(bytes(limit + "\n\n"), piece).size());
            assertThrows(SseLimitException.class, () -> decoded(bytes(limit + "x\n\n"), piece));
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> decoded(byte[] stream, int piece) throws IOException {
        List<String> found = new ArrayList<>();
        SseDecoder decoder = decoder(found);
        for (int at = 0; at < stream.length; at += piece) {
            feed(decoder, stream, at, Math.min(stream.length, at + piece));
        }
        return found;
    }

    private static SseDecoder decoder(List<String> found) {
        return new SseDecoder((type, buffer, offset, length) -> {
            // Strictly: what is ill-formed must have been repaired.
            CharBuffer data = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(buffer, offset, length));
            return found.add(type + "=" + data);
        });
    }

    /** Feeds a copy behind something else and spoils it afterwards: the decoder may keep no hold of its input. */
    private static void feed(SseDecoder decoder, byte[] stream, int from, int to) throws IOException {
        byte[] before = bytes("data: no part of it\n\n");
        byte[] copy = Arrays.copyOf(before, before.length + to - from);
        System.arraycopy(stream, from, copy, before.length, to - from);
        assertTrue(decoder.feed(copy, before.length, to - from));
        Arrays.fill(copy, (byte) '#');
    }
}
