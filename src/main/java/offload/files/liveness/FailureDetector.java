package offload.files.liveness;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Judges by their signs which of the other nodes are dead, as far as that can be told without their locks. For one thread; what is
 * static, for any.
 */
public final class FailureDetector {
    /** How long a heart must not have beaten, in seconds. */
    public static final int STALE_SECONDS = 6;

    /** How long a node may take to begin, which it does in a moment; one that was frozen ends when it goes on. */
    private static final long BEGINNING_NANOS = 60_000_000_000L;

    private static final Logger LOG = System.getLogger(FailureDetector.class.getName());

    private final Path nodes;
    private final LongSupplier nanos;
    private final Map<String, Beat> beats = new HashMap<>();
    private final SeenLocks locks = new SeenLocks();

    private record Beat(String value, long sinceNanos) {}

    /** For the folders in {@code nodes}; {@code nanos} is a clock that never jumps. */
    public FailureDetector(Path nodes, LongSupplier nanos) {
        this.nodes = nodes;
        this.nanos = nanos;
    }

    /** Whether the node {@code id} lives in this very process: its lock must not even be opened. */
    public static boolean isHere(String id) {
        return HeldLocks.has(id);
    }

    /** Whether nobody has the lock of the node in {@code folder}, which is not {@linkplain #isHere here}. */
    public static boolean isFree(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(Signs.lock(folder), StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock != null;
        } catch (FileSystemException e) {
            // Gone, or another user's: it keeps no other from being looked at.
            return false;
        }
    }

    /** Whether the heart of the node {@code id} in {@code folder} does not beat, or need not be waited for. */
    public boolean isSilent(String id, Path folder) throws IOException {
        String value = read(Signs.heartbeat(folder));
        if (BootId.at(nodes).equals(read(Signs.boot(folder)))) {
            return true;
        }
        Beat known = beats.get(id);
        if (known == null || !known.value().equals(value)) {
            beats.put(id, new Beat(value, nanos.getAsLong()));
            if (known != null && locks.areMissing(id, folder)) {
                LOG.log(
                        Level.WARNING,
                        "the file system of " + folder + " does not show the lock of the server that runs there:"
                                + " whichever stands still for " + STALE_SECONDS + " s loses its turns to another");
            }
            return false;
        }
        return nanos.getAsLong() - known.sinceNanos() > STALE_SECONDS * 1_000_000_000L;
    }

    /** Whether {@code id}, a node that begins, has been seen for longer than any takes. */
    public boolean isStuck(String id) {
        Beat known = beats.computeIfAbsent(id, _ -> new Beat("", nanos.getAsLong()));
        return nanos.getAsLong() - known.sinceNanos() > BEGINNING_NANOS;
    }

    /** The node {@code id} was claimed: one of that name begins anew. */
    public void forget(String id) {
        beats.remove(id);
    }

    /** Those that are not among {@code ids} are gone. */
    public void forgetAllBut(Collection<String> ids) {
        beats.keySet().retainAll(ids);
        locks.forgetAllBut(ids);
    }

    private static String read(Path file) throws IOException {
        try {
            return Files.readString(file, StandardCharsets.US_ASCII).strip();
        } catch (NoSuchFileException e) {
            return "";
        }
    }
}
