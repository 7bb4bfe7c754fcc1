package offload.json;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * JSON that is a part of an array, which does not change there.
 *
 * @param array not copied
 * @param offset where it begins
 * @param length how many bytes it has
 */
record JsonSlice(byte[] array, int offset, int length) implements JsonSource {
    private static final int PIECE = 16 * 1024;

    @Override
    public void writeTo(OutputStream out) throws IOException {
        // So that who sends it can tell a slow reader, who takes piece after piece, from one who takes nothing.
        for (int at = 0; at < length; at += PIECE) {
            out.write(array, offset + at, Math.min(PIECE, length - at));
        }
    }

    @Override
    public byte[] bytes() {
        return length == array.length ? array : Arrays.copyOfRange(array, offset, offset + length);
    }
}
