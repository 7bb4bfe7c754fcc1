package offload.files;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import offload.json.JsonSource;

/**
 * A JSON object that lies in a file, which does not change as long as it is there.
 *
 * @param file the file
 * @param offset where the object begins
 * @param length how many bytes it has
 */
public record FilePart(Path file, long offset, int length) implements JsonSource {
    private static final int PIECE = 16 * 1024;

    @Override
    public int inMemory() {
        return 0;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        try (JsonSource open = opened()) {
            open.writeTo(out);
        }
    }

    @Override
    public JsonSource opened() throws IOException {
        Open open = new Open(FileChannel.open(file, StandardOpenOption.READ));
        try {
            open.check();
            return open;
        } catch (IOException e) {
            open.close();
            throw e;
        }
    }

    /** It stays readable where the file is removed. */
    private final class Open implements JsonSource {
        private final FileChannel channel;

        Open(FileChannel channel) {
            this.channel = channel;
        }

        @Override
        public int length() {
            return length;
        }

        @Override
        public int inMemory() {
            return 0;
        }

        void check() throws IOException {
            if (at(0) != '{' || at(length - 1) != '}') {
                throw damaged();
            }
        }

        private byte at(int index) throws IOException {
            ByteBuffer one = ByteBuffer.allocate(1);
            read(one, index);
            return one.get(0);
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            ByteBuffer piece = ByteBuffer.allocate(Math.min(PIECE, length));
            for (int at = 0; at < length; at += piece.limit()) {
                piece.clear().limit(Math.min(piece.capacity(), length - at));
                read(piece, at);
                out.write(piece.array(), 0, piece.limit());
            }
        }

        private void read(ByteBuffer into, int from) throws IOException {
            while (into.hasRemaining()) {
                if (channel.read(into, offset + from + into.position()) < 0) {
                    throw damaged();
                }
            }
        }

        private IOException damaged() {
            return new IOException(file + " is damaged");
        }

        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
