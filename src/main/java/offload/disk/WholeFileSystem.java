package offload.disk;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * The file system that a folder is on, forced to the device as a whole by one {@code syncfs(2)}: for many files that costs
 * a fraction of what each one's {@code fsync(2)} does. Only where that means the same: on file systems of this machine that
 * write what they are told, and with a Linux that tells of errors (5.8). It also waits for what others have written
 * there, so that after a long time it has a rest. {@link #sync} is for one thread, the rest for any.
 */
final class WholeFileSystem {
    private static final Logger LOG = System.getLogger(WholeFileSystem.class.getName());
    private static final long TOO_LONG = TimeUnit.SECONDS.toNanos(1);
    private static final int RESTS_FOR = 60;

    private final Path root;
    private int descriptor = -1;
    private volatile boolean off = !isRecentLinux();
    private volatile long restsUntil = System.nanoTime();

    WholeFileSystem(Path root) {
        this.root = root;
    }

    /** Another system that has such a number passes, and gives no descriptor. */
    private static boolean isRecentLinux() {
        String[] version = System.getProperty("os.version", "").split("[^0-9]+");
        try {
            int major = Integer.parseInt(version[0]);
            return major > 5 || major == 5 && Integer.parseInt(version[1]) >= 8;
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            return false;
        }
    }

    /** Whether {@link #sync} may be of use now. */
    boolean isUsable() {
        return !off && System.nanoTime() - restsUntil >= 0;
    }

    /** Says that files in {@code folder} are among those to be forced: on another device they would be missed. */
    void include(Path folder) throws IOException {
        if (!off && !device(folder).equals(device(root))) {
            LOG.log(Level.INFO, folder + " is on a device of its own: each file is forced to the device by itself");
            off = true;
        }
    }

    private static Object device(Path path) throws IOException {
        return Files.getAttribute(path, "unix:dev");
    }

    /** Forces everything to the device; false where a file may have been missed, and each must be forced by itself. */
    boolean sync() {
        if (descriptor < 0) {
            // What went wrong before there is a descriptor, the descriptor does not tell.
            open();
            return false;
        }
        long begin = System.nanoTime();
        boolean done = LinuxCalls.syncFileSystem(descriptor);
        long took = System.nanoTime() - begin;
        if (took > TOO_LONG) {
            restsUntil = System.nanoTime() + RESTS_FOR * took;
        }
        if (!done) {
            // It is told once, and not of which file: from now on each one's own descriptor is asked.
            LOG.log(
                    Level.WARNING,
                    "the device of " + root + " failed to write: each file is forced to it by itself now");
            off = true;
        }
        return done;
    }

    private void open() {
        // FUSE, for one, does nothing.
        descriptor = LocalFileSystem.has(root) ? LinuxCalls.open(root) : -1;
        if (descriptor < 0) {
            off = true;
        }
    }
}
