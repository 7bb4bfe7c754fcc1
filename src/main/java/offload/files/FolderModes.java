package offload.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import offload.disk.Presence;

/** Who may look into folders that a server makes, where file systems have modes. Stateless. */
final class FolderModes {
    private FolderModes() {}

    /** Makes a folder that only the server may look into. */
    static void makePrivate(Path folder) throws IOException {
        Files.createDirectories(folder);
        permit(folder, "rwx------");
    }

    /** Made once, and then the operator's: with a web server in its group that may read it, for example. */
    static void makeForGroup(Path folder) throws IOException {
        if (!Presence.of(folder)) {
            Files.createDirectories(folder);
            permit(folder, "rwxr-x---");
        }
    }

    private static void permit(Path folder, String mode) throws IOException {
        if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(mode));
        }
    }
}
