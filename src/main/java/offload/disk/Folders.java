package offload.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What POSIX asks of who wants names to last. Stateless; any thread. */
public final class Folders {
    private Folders() {}

    /** Forces a file, or the names in a folder, to the device: {@code fsync}. */
    public static void sync(Path path) throws IOException {
        boolean interrupted = Thread.interrupted();
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Forces the name of {@code file} to the device. */
    public static void syncName(Path file) throws IOException {
        sync(Objects.requireNonNull(file.toAbsolutePath().getParent()));
    }

    /** Makes {@code name} a further name of {@code file}, exclusively; a copy where the file system has no hard links. */
    public static void linkOrCopy(Path name, Path file) throws IOException {
        try {
            Files.createLink(name, file);
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException | UnsupportedOperationException e) {
            // Of a link that was made a network may lose the answer: asked for once more, it is refused, and no file is
            // copied to itself. A copy is exclusive too, only not atomic: who reads it must bear half of it.
            Files.copy(file, name);
        }
    }

    /** The entries of a folder, by name; none where there is no folder. */
    public static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        }
    }

    /** Removes a folder and all that is in it; links are removed, never followed. Nothing where there is none. */
    public static void remove(Path folder) throws IOException {
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            for (Path entry : list(folder)) {
                remove(entry);
            }
        }
        Files.deleteIfExists(folder);
    }
}
