package offload.keys;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Small text files that are whole at any moment and only for the server's own user. Stateless. */
final class SmallFile {
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private static final Set<OpenOption> NEW = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    private SmallFile() {}

    /**
     * Puts {@code text} in place of {@code file} by rename, its content synced first. It goes into a file that is made here and
     * opened by that: where root writes into the server's folder, the server's user may put a link in its place.
     */
    static void replace(Path file, String text) throws IOException {
        Path temporary = file.resolveSibling("." + file.getFileName() + ".tmp");
        // Left by a crash, if there is one.
        Files.deleteIfExists(temporary);
        try (FileChannel out = FileChannel.open(temporary, NEW, OWNER_ONLY)) {
            own(temporary);
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Gives what was {@code made} to whom the folder around it belongs: what root makes, the server must be able to read. A
     * link's target is left alone: root would give away whatever the server's user points at.
     */
    static void own(Path made) throws IOException {
        UserPrincipal owner = Files.getOwner(made.resolveSibling("."));
        if (!owner.equals(Files.getOwner(made, LinkOption.NOFOLLOW_LINKS))) {
            Files.getFileAttributeView(made, FileOwnerAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .setOwner(owner);
        }
    }

    /** The names in {@code folder}, sorted, without those that begin with a dot; none if there is no such folder. */
    static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }
}
