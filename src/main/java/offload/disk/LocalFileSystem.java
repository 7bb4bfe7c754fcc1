package offload.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * File systems on a device of this machine's, all of whose files are opened through this one kernel: what it warrants of a file, as that
 * nobody has it open, holds for everybody, and its {@code syncfs(2)} writes everything and tells of errors. Of what another
 * machine may mount too, or is mounted twice in user space, a kernel knows its own part only. Stateless.
 */
public final class LocalFileSystem {
    private static final Set<String> KNOWN = Set.of("ext2", "ext3", "ext4", "xfs", "btrfs", "f2fs");

    private LocalFileSystem() {}

    /** Whether {@code path} is on one of them; false also where that cannot be told. */
    public static boolean has(Path path) {
        try {
            return KNOWN.contains(Files.getFileStore(path).type());
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }
}
