package offload.files.liveness;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The signs that a node of this process gives: its lock, which is opened once, its heartbeat, and which kernel and mount it runs on.
 * Any thread, but {@link #beat} from one.
 */
public final class Liveness implements Closeable {
    private final FileChannel lockFile;
    private final Heartbeat heartbeat;

    private Liveness(FileChannel lockFile, Heartbeat heartbeat) {
        this.lockFile = lockFile;
        this.heartbeat = heartbeat;
    }

    /** From now on, and before its folder is there, nobody in this process opens the lock of the node {@code id}. */
    public static void announce(String id) {
        HeldLocks.add(id);
    }

    /** Takes that back, once the node's lock is closed. */
    public static void withdraw(String id) {
        HeldLocks.remove(id);
    }

    /**
     * Makes the signs in {@code making}, then gives that folder its name, {@code folder}, beside it.
     *
     * @throws IOException also where the file system has no locks
     */
    public static Liveness begin(Path nodes, Path making, Path folder) throws IOException {
        Files.writeString(Signs.boot(making), BootId.at(nodes) + "\n");
        Heartbeat.first(Signs.heartbeat(making));
        FileChannel lockFile =
                FileChannel.open(Signs.lock(making), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        FileLock lock = lockFile.tryLock();
        if (lock == null) {
            lockFile.close();
            throw new IOException("no lock on a file just made in " + nodes + ": the file system must offer"
                    + " POSIX locks (on NFS mount without `nolock`)");
        }
        Files.move(making, folder);
        return new Liveness(lockFile, new Heartbeat(Signs.heartbeat(folder)));
    }

    /** Says that the node lives. Fails where the device does; the lease runs on then. */
    public void beat() throws IOException {
        heartbeat.beat();
    }

    /** Whether the node still has its folder; looks only where the last beat is older than the lease. */
    public boolean isOurs() throws IOException {
        return heartbeat.isOurs();
    }

    @Override
    public void close() throws IOException {
        heartbeat.close();
        lockFile.close();
    }
}
