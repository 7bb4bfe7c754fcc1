package offload.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import offload.disk.FreshLook;
import offload.disk.PlainFile;
import offload.status.StatusText;
import org.jspecify.annotations.Nullable;

/**
 * What the file of a status says before all of it is read: whether its turn is over, on whatever server it runs. Nothing of
 * the file is kept. Stateless; any thread.
 */
public final class StatusFile {
    /** More than what tells how a turn ended. */
    private static final int BEGINNING = 64;

    private StatusFile() {}

    /** Whether the status in {@code file} is a final one; a {@link NoSuchFileException} where there is none. */
    public static boolean isFinal(Path file) throws IOException {
        byte[] beginning = beginning(file);
        if (beginning == null) {
            throw new NoSuchFileException(file.toString());
        }
        return StatusText.isFinal(beginning);
    }

    /** Whether no other status will be in {@code file}. */
    public static boolean isFinalOrGone(Path file) throws IOException {
        byte[] beginning = beginning(file);
        return beginning == null || StatusText.isFinal(beginning);
    }

    /** The first bytes of {@code file}, which tell what state its turn is in; null where there is no plain file. */
    public static byte @Nullable [] beginning(Path file) throws IOException {
        try {
            return FreshLook.at(() -> firstBytes(file));
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private static byte[] firstBytes(Path file) throws IOException {
        ByteBuffer beginning = ByteBuffer.allocate(BEGINNING);
        try (SeekableByteChannel in =
                Files.newByteChannel(PlainFile.at(file), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            while (beginning.hasRemaining() && in.read(beginning) >= 0) {
                // A short read is none of a short file.
            }
        }
        return Arrays.copyOf(beginning.array(), beginning.position());
    }
}
