package offload.turn;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A JSON text in UTF-8 that need not lie in memory. Any thread. */
public interface JsonSource {
    /** How many bytes it has. */
    int length();

    /** The text, which nobody may change; fails where it lies in a file that is gone or damaged. */
    byte[] bytes() throws IOException;

    /** One that is in memory. */
    static JsonSource of(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return of(bytes);
    }

    /** The same; {@code json} is not copied. */
    static JsonSource of(byte[] json) {
        return new JsonSource() {
            @Override
            public int length() {
                return json.length;
            }

            @Override
            public byte[] bytes() {
                return json;
            }
        };
    }
}
