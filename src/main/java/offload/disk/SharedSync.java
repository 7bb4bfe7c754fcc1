package offload.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Forces folders to the device for many threads at once: whoever comes while a folder is being forced shares the next time
 * with all others who wait (a group commit). Turns that began in one second end in one folder, so that under load one
 * {@code fsync} does for many. Any thread.
 */
public final class SharedSync {
    private static final int STRIPES = 16;

    private final Forcing forcing;
    private final ConcurrentHashMap<Path, Round> coming = new ConcurrentHashMap<>();
    private final ReentrantLock[] locks = new ReentrantLock[STRIPES];

    /** Forces one folder to the device. */
    public interface Forcing {
        void sync(Path folder) throws IOException;
    }

    /** Each time by {@code forcing}. */
    public SharedSync(Forcing forcing) {
        this.forcing = forcing;
        Arrays.setAll(locks, _ -> new ReentrantLock());
    }

    private static final class Round {
        private boolean over;
        private @Nullable Throwable failure;

        void run(Path folder, Forcing forcing) {
            over = true;
            try {
                forcing.sync(folder);
            } catch (IOException | RuntimeException | Error e) {
                failure = e;
            }
        }

        void rethrow() throws IOException {
            if (failure != null) {
                throw new IOException(failure.getMessage(), failure);
            }
        }
    }

    /** Forces the names that are in {@code folder} now to the device. */
    public void sync(Path folder) throws IOException {
        Round round = coming.computeIfAbsent(folder, any -> new Round());
        ReentrantLock lock = locks[Math.floorMod(folder.hashCode(), STRIPES)];
        lock.lock();
        try {
            if (!round.over) {
                // Before the sync: a name that comes after this is not promised by it.
                coming.remove(folder, round);
                round.run(folder, forcing);
            }
            round.rethrow();
        } finally {
            lock.unlock();
        }
    }
}
