package offload.json;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** A JSON text in UTF-8 that need not lie in memory, nor in one piece. It never changes. Any thread. */
public interface JsonSource extends Closeable {
    /** How many bytes it has. */
    int length();

    /** How many of them are in memory. */
    default int inMemory() {
        return length();
    }

    /** Writes the text, in pieces; fails where it lies in a file that is gone or damaged. */
    void writeTo(OutputStream out) throws IOException;

    /** The same, which stays as it is until it is closed, whatever becomes of the file where it lies. For one thread. */
    default JsonSource opened() throws IOException {
        return this;
    }

    @Override
    default void close() {}

    /** The text in one piece. */
    default byte[] bytes() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(length());
        writeTo(out);
        return out.toByteArray();
    }

    /** One that is in memory. */
    static JsonSource of(String json) {
        return of(json.getBytes(StandardCharsets.UTF_8));
    }

    /** The same; {@code json}, which nobody may change, is not copied. */
    static JsonSource of(byte[] json) {
        return new JsonSlice(json, 0, json.length);
    }
}
