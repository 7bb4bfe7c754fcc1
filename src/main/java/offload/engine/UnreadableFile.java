package offload.engine;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file that is there and cannot be read, as on a device with bad blocks, or a link in its place. The message says why, for the operator. */
final class UnreadableFile extends IOException {
    private static final long serialVersionUID = 1;

    private final transient Path file;

    private UnreadableFile(Path file, IOException cause) {
        super(cause.getMessage(), cause);
        this.file = file;
    }

    /** What reads a file. */
    interface Reading<T extends @Nullable Object> {
        /** Reads it. */
        T of(Path file) throws IOException;
    }

    /** What {@code reading} makes of {@code file}. Whoever may not read it, or finds it gone, is told so as ever. */
    static <T extends @Nullable Object> T read(Path file, Reading<T> reading) throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new UnreadableFile(file, new IOException("it is no plain file"));
        }
        try {
            return reading.of(file);
        } catch (AccessDeniedException | NoSuchFileException e) {
            throw e;
        } catch (IOException e) {
            throw new UnreadableFile(file, e);
        }
    }

    /** Which it is. */
    Path file() {
        return file;
    }
}
