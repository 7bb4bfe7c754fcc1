package offload.files;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import offload.disk.FreshLook;
import offload.disk.PlainFile;
import offload.limits.Descriptors;
import org.jspecify.annotations.Nullable;

/**
 * A document that never changes again, open. It is read in pieces, so that it takes no memory however large it is and however
 * slowly it is taken, and it stays whole for who has it open, even when it is removed. For one thread.
 */
public final class FinishedFile implements Closeable {
    private static final int PIECE = 16 * 1024;

    private final FileChannel channel;
    private final long size;
    private final Instant modified;
    private final ByteBuffer piece;
    /** Where {@link #piece} begins: most have one only, which is read once. */
    private long pieceAt = -1;

    private FinishedFile(FileChannel channel, Instant modified) throws IOException {
        this.channel = channel;
        this.modified = modified;
        size = channel.size();
        piece = ByteBuffer.allocate((int) Math.min(PIECE, size));
    }

    /** Opens {@code path}; null where there is no plain file. */
    public static @Nullable FinishedFile open(Path path) throws IOException {
        try {
            return FreshLook.at(() -> opened(path));
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** Reads the beginning at once: a file system that opens it only then must not find it stale later. */
    private static FinishedFile opened(Path path) throws IOException {
        FileChannel channel = FileChannel.open(PlainFile.at(path), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        try {
            FinishedFile file =
                    new FinishedFile(channel, Files.getLastModifiedTime(path).toInstant());
            file.read(0);
            Descriptors.OF_PROCESS.take(1);
            return file;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** How many bytes it has. */
    public long size() {
        return size;
    }

    /** When it was written. */
    public Instant modified() {
        return modified;
    }

    /** The SHA-256 of what it has. */
    public byte[] sha256() throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (long at = 0; at < size; at += piece.limit()) {
                read(at);
                digest.update(piece.array(), 0, piece.limit());
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Writes all of it to {@code out}, in pieces. */
    public void writeTo(OutputStream out) throws IOException {
        for (long at = 0; at < size; at += piece.limit()) {
            read(at);
            out.write(piece.array(), 0, piece.limit());
        }
    }

    private void read(long at) throws IOException {
        if (at == pieceAt) {
            return;
        }
        pieceAt = -1;
        piece.clear().limit((int) Math.min(piece.capacity(), size - at));
        while (piece.hasRemaining()) {
            if (channel.read(piece, at + piece.position()) < 0) {
                throw new EOFException("a finished document got shorter");
            }
        }
        pieceAt = at;
    }

    @Override
    public void close() throws IOException {
        if (channel.isOpen()) {
            Descriptors.OF_PROCESS.give(1);
        }
        channel.close();
    }
}
