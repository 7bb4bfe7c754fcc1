package offload.files.liveness;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Notices a file system that does not show the locks of other machines, or of other mounts, as only a second server can: the
 * lock of a node can be taken, and its heart beats on. It is dead to others then as soon as it does not beat for a
 * while. For one thread.
 */
final class SeenLocks {
    private final Set<String> held = new HashSet<>();
    /** Once proves nothing: it may have died just after its last beat. */
    private final Set<String> takenOnce = new HashSet<>();

    private boolean told;

    /**
     * The heart of the node in {@code folder}, which this process does not hold, has beaten since the last look; true,
     * once, where its lock is not seen.
     */
    boolean areMissing(String id, Path folder) throws IOException {
        if (told || held.contains(id)) {
            return false;
        }
        if (!canBeTaken(Signs.lock(folder))) {
            held.add(id);
        } else if (!takenOnce.add(id)) {
            told = true;
            return true;
        }
        return false;
    }

    private static boolean canBeTaken(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock != null;
        } catch (NoSuchFileException e) {
            // It ends in this moment.
            return false;
        }
    }

    void forgetAllBut(Collection<String> nodes) {
        held.retainAll(nodes);
        takenOnce.retainAll(nodes);
    }
}
