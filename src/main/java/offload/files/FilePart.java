package offload.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import offload.turn.JsonSource;

/**
 * A JSON object that lies in a file, which does not change as long as it is there.
 *
 * @param file the file
 * @param offset where the object begins
 * @param length how many bytes it has
 */
public record FilePart(Path file, long offset, int length) implements JsonSource {
    @Override
    public byte[] bytes() throws IOException {
        ByteBuffer read = ByteBuffer.allocate(length);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            while (read.hasRemaining() && channel.read(read, offset + read.position()) >= 0) {
                // A short read is none of a short file.
            }
        }
        byte[] bytes = read.array();
        if (read.hasRemaining() || bytes[0] != '{' || bytes[length - 1] != '}') {
            throw new IOException(file + " is damaged");
        }
        return bytes;
    }
}
