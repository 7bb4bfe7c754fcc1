package offload.files.liveness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Which run of which kernel this is, and on which of its mounts a folder lies. Where both are the same, a lock that can be
 * taken proves that its holder is gone. On another mount of the same folder it may never have been seen, or have been
 * lost with the connection of the one it was taken on. Stateless; any thread.
 */
final class BootId {
    private static final String KERNEL = read();

    private BootId() {}

    /** What is the same for all servers of this kernel that find {@code folder} on the same mount. */
    static String at(Path folder) throws IOException {
        return KERNEL + ' ' + Files.getAttribute(folder, "unix:dev");
    }

    private static String read() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
        } catch (IOException e) {
            return "unknown-" + UUID.randomUUID();
        }
    }
}
