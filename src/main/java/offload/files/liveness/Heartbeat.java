package offload.files.liveness;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/**
 * The sign that a node lives: a number in a file, which grows. The file is opened once and its length never changes, so
 * that a full device or a lack of descriptors cannot stop the heart. Whoever claims the node's folder renames it, so the
 * path leads nowhere then. Where the path leads to another mount, the one that this node began on is gone, and with it
 * all that it has open: its lock, and this file. Any thread, but {@link #beat} for one.
 */
final class Heartbeat implements Closeable {
    /** How long a node may go on without having beaten: less than any other waits before it claims the folder. */
    private static final long LEASE_NANOS = 4_000_000_000L;

    private final Path path;
    private final RandomAccessFile file;
    private final LongSupplier steadyNanos;
    private final LongSupplier wallMillis;
    private final Object mount;
    private long beats;
    private volatile long lastNanos;
    private volatile long lastMillis;
    private volatile boolean lost;

    /** Goes on in the file that {@link #first} wrote. */
    Heartbeat(Path path) throws IOException {
        this(path, System::nanoTime, System::currentTimeMillis);
    }

    Heartbeat(Path path, LongSupplier steadyNanos, LongSupplier wallMillis) throws IOException {
        this.path = path;
        this.steadyNanos = steadyNanos;
        this.lastNanos = steadyNanos.getAsLong();
        this.wallMillis = wallMillis;
        this.lastMillis = wallMillis.getAsLong();
        this.mount = mount();
        this.file = new RandomAccessFile(path.toFile(), "rw");
    }

    private Object mount() throws IOException {
        return Files.getAttribute(path, "unix:dev");
    }

    static void first(Path path) throws IOException {
        Files.writeString(path, text(0), StandardCharsets.US_ASCII);
    }

    private static String text(long beats) {
        String digits = Long.toString(beats);
        return " ".repeat(19 - digits.length()) + digits + '\n';
    }

    /** The lease begins before others can see the beat, from when on they wait: the writing may take longer than both. */
    void beat() throws IOException {
        long nanos = steadyNanos.getAsLong();
        long millis = wallMillis.getAsLong();
        if (isStillThere()) {
            file.seek(0);
            file.write(text(++beats).getBytes(StandardCharsets.US_ASCII));
            lastNanos = nanos;
            lastMillis = millis;
        }
    }

    /** Whether the node still has its folder; looks it up only where the last beat is older than the lease. */
    boolean isOurs() throws IOException {
        return !lost && (isWithinLease() || isStillThere());
    }

    /** By both clocks: the one stands still while the machine is suspended, the other may be set at any time. */
    private boolean isWithinLease() {
        return steadyNanos.getAsLong() - lastNanos <= LEASE_NANOS
                && Math.abs(wallMillis.getAsLong() - lastMillis) <= LEASE_NANOS / 1_000_000;
    }

    private boolean isStillThere() throws IOException {
        if (lost) {
            return false;
        }
        try {
            lost = !mount().equals(mount);
        } catch (NoSuchFileException e) {
            lost = true;
        }
        return !lost;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
