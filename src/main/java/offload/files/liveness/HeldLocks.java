package offload.files.liveness;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The nodes that live in this very process. Nobody here may open their lock files: closing any descriptor of a file
 * drops all locks that the process has on it (POSIX, {@code fcntl}). Any thread.
 */
final class HeldLocks {
    private static final Set<String> IDS = ConcurrentHashMap.newKeySet();

    private HeldLocks() {}

    static void add(String id) {
        IDS.add(id);
    }

    static void remove(String id) {
        IDS.remove(id);
    }

    static boolean has(String id) {
        return IDS.contains(id);
    }
}
