package offload.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What is put together from pieces. */
class JsonWriterTest {
    private static final String LONG = "x".repeat(100_000);

    @Test
    void long_pieces_are_where_they_were_and_the_whole_reads_as_if_they_were_copied() throws Exception {
        RawString text = new RawString();
        text.append(LONG);
        JsonWriter out = new JsonWriter().beginObject().name("a").raw('"' + LONG + '"');
        text.writeTo(out.name("b"));
        out.name("c").raw(JsonSource.of("[1]")).name("d").raw(JsonSource.of("[\"" + LONG + "\"]"));
        out.endObject();
        String expected = "{\"a\":\"" + LONG + "\",\"b\":\"" + LONG + "\",\"c\":[1],\"d\":[\"" + LONG + "\"]}";
        assertEquals(expected, out.toString());
        assertArrayEquals(expected.getBytes(UTF_8), out.toBytes());
        JsonSource line = out.toLine();
        assertEquals(expected + '\n', new String(line.bytes(), UTF_8));
        assertEquals(expected.length() + 1, line.length());
    }

    /** Else who asks for a long answer that grows would be told a part of it twice, or need a copy. */
    @Test
    void a_text_that_grows_on_does_not_change_what_was_taken_of_it() throws Exception {
        RawString text = new RawString();
        text.append(LONG);
        JsonWriter out = new JsonWriter().beginArray();
        text.writeTo(out);
        JsonSource taken = out.endArray().toSource();
        for (int i = 0; i < 50; i++) {
            text.append("y".repeat(10_000));
        }
        assertEquals("[\"" + LONG + "\"]", new String(taken.bytes(), UTF_8));
    }

    @Test
    void a_text_of_many_pieces_is_one() throws Exception {
        RawString text = new RawString();
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < 3_000; i++) {
            String piece = i == 0
                    ? "x".repeat(1 << 20)
                    : i == 1 ? LONG : Integer.toString(i).repeat(300);
            text.append(piece);
            expected.append(piece);
        }
        JsonWriter out = new JsonWriter().beginArray();
        text.writeTo(out);
        text.writeTo(out);
        String whole = "[\"" + expected + "\",\"" + expected + "\"]";
        assertEquals(whole, new String(out.endArray().toSource().bytes(), UTF_8));
        assertEquals(expected.length(), text.length());
        assertTrue(text.is(expected.toString()));
        assertFalse(text.is(expected + "x") || text.is(expected.toString().replace('7', '8')));
    }

    @Test
    void what_is_in_files_takes_no_memory_and_is_closed_with_the_whole_or_where_a_later_one_is_gone() throws Exception {
        Stored one = new Stored(false);
        Stored two = new Stored(false);
        JsonSource text = array(one, two);
        assertTrue(text.length() > 200_000 && text.inMemory() < 10, "in memory are " + text.inMemory());
        try (JsonSource opened = text.opened()) {
            assertEquals(text.length(), opened.bytes().length);
            assertEquals(List.of(1, 1), List.of(one.open.get(), two.open.get()));
        }
        assertEquals(List.of(0, 0), List.of(one.open.get(), two.open.get()));
        assertThrows(IOException.class, array(one, new Stored(true))::opened);
        assertEquals(0, one.open.get());
    }

    private static JsonSource array(JsonSource one, JsonSource two) throws IOException {
        return new JsonWriter().beginArray().raw(one).raw(two).endArray().toSource();
    }

    /** A long string that is elsewhere, and how often it is open. */
    private record Stored(boolean gone, AtomicInteger open) implements JsonSource {
        Stored(boolean gone) {
            this(gone, new AtomicInteger());
        }

        @Override
        public int length() {
            return LONG.length() + 2;
        }

        @Override
        public int inMemory() {
            return 0;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            out.write(('"' + LONG + '"').getBytes(UTF_8));
        }

        @Override
        public JsonSource opened() throws IOException {
            if (gone) {
                throw new IOException("it is gone");
            }
            open.incrementAndGet();
            return this;
        }

        @Override
        public void close() {
            open.decrementAndGet();
        }
    }

    /** Who sends it sees by them that they are taken. */
    @Test
    void it_is_written_in_pieces_of_a_few_kilobytes() throws Exception {
        int[] longest = {0};
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        JsonSource.of('"' + LONG + '"').writeTo(new OutputStream() {
            @Override
            public void write(int b) {
                all.write(b);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                longest[0] = Math.max(longest[0], length);
                all.write(bytes, offset, length);
            }
        });
        assertEquals('"' + LONG + '"', all.toString(UTF_8));
        assertTrue(longest[0] <= 16 * 1024, () -> "a piece of " + longest[0]);
    }
}
