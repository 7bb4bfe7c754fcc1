package offload.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** Which run of which kernel this is. On one kernel, a lock that can be taken proves that its holder is gone. */
final class BootId {
    private static final String CURRENT = read();

    private BootId() {}

    static String current() {
        return CURRENT;
    }

    private static String read() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
        } catch (IOException e) {
            return "unknown-" + UUID.randomUUID();
        }
    }
}
