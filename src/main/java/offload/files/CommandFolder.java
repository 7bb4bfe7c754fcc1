package offload.files;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Objects;

/** Folders that a command makes where there are none, for the server, which may be another user's. Stateless. */
final class CommandFolder {
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private CommandFolder() {}

    /** Makes {@code folder}, which nobody but its owner may look into, and those that lead to it. */
    static void makePrivate(Path folder) throws IOException {
        make(folder, OWNER_ONLY);
    }

    private static void make(Path folder, FileAttribute<?>... mode) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path parent = Objects.requireNonNull(folder.getParent());
        make(parent);
        try {
            Files.createDirectory(folder, mode);
            give(folder, Files.getOwner(parent));
        } catch (FileAlreadyExistsException e) {
            // A server that starts made it in that moment; what else has its name fails whoever goes on in it.
        }
    }

    /** To whom the folder around it belongs. Only root can give something away: what others make is theirs. */
    private static void give(Path folder, UserPrincipal owner) {
        try {
            Files.getFileAttributeView(folder, FileOwnerAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .setOwner(owner);
        } catch (IOException e) {
            // Not root, or a file system that gives nothing away.
        }
    }
}
