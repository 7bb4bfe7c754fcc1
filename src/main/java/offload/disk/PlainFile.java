package offload.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * What may be opened to be read: the servers make plain files only, and another service that may write into the folder, to
 * make stop files for example, may leave others. A link would show what only the server may read, such as its secret; to
 * open a pipe waits for whoever writes into it, and keeps one of the few threads that carry all others; a device has no
 * end. They count as not there. Stateless.
 */
public final class PlainFile {
    private PlainFile() {}

    /** {@code file}, if it is one; a {@link NoSuchFileException} where there is none, or something else. */
    public static Path at(Path file) throws IOException {
        look(file);
        return file;
    }

    /** What {@code file} looks like now, if it is one; a {@link NoSuchFileException} where there is none, or something else. */
    public static BasicFileAttributes look(Path file) throws IOException {
        BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!found.isRegularFile()) {
            throw new NoSuchFileException(file.toString(), null, "it is no plain file");
        }
        return found;
    }
}
