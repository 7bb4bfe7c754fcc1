package offload.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * This process's own folder below {@code .offload/nodes}: its lock, its heartbeat, the markers of its active turns, its
 * drafts and its webhooks. Whoever renames the folder away owns all of that; this node then finds nothing any more and
 * writes nothing more. Any thread, but {@link #beat} from one.
 */
public final class NodeFolder implements Closeable {
    /** How long a node may go on without having beaten: less than any other waits before it claims the folder. */
    private static final long LEASE_NANOS = 4_000_000_000L;

    private final String id;
    private final Path folder;
    private final FileChannel lockFile;
    private final AtomicLong drafts = new AtomicLong();
    private long beats;
    private volatile long lastBeatNanos = System.nanoTime();
    private volatile boolean lost;

    private NodeFolder(String id, Path folder, FileChannel lockFile) {
        this.id = id;
        this.folder = folder;
        this.lockFile = lockFile;
    }

    /** Makes a new node in {@code data}. It appears under its name only when its lock is held and its heart beats. */
    public static NodeFolder create(DataFolder data) throws IOException {
        String id = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        DataFolder.makePrivate(data.nodes());
        Path making = data.nodes().resolve(".new-" + id);
        Path folder = data.nodes().resolve(id);
        for (String name : new String[] {"active", "tmp", "webhooks", "claims"}) {
            Files.createDirectories(making.resolve(name));
        }
        Files.writeString(making.resolve("boot"), BootId.current() + "\n");
        Files.writeString(making.resolve("heartbeat"), "0\n");
        FileChannel lockFile =
                FileChannel.open(making.resolve("lock"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        FileLock lock = lockFile.tryLock();
        if (lock == null) {
            throw new IOException("no lock on a file just made in " + data.nodes() + ": the file system must offer"
                    + " POSIX locks (on NFS mount without `nolock`)");
        }
        HeldLocks.add(id);
        Files.move(making, folder);
        return new NodeFolder(id, folder, lockFile);
    }

    /** The node's name. */
    public String id() {
        return id;
    }

    /** The marker of an active turn. */
    public Path marker(String marker) {
        return folder.resolve("active").resolve(marker);
    }

    /** The folder of the markers. */
    public Path active() {
        return folder.resolve("active");
    }

    /** The webhooks that this node sends. */
    public Path webhooks() {
        return folder.resolve("webhooks");
    }

    /** The folders of dead nodes that this one has claimed and not yet put in order. */
    public Path claims() {
        return folder.resolve("claims");
    }

    /** A name for a draft that nobody else uses. */
    public Path draft() {
        return folder.resolve("tmp").resolve(Long.toString(drafts.incrementAndGet()));
    }

    /** Says that this node lives; to be called every second. */
    public void beat() {
        try {
            Files.writeString(
                    folder.resolve("heartbeat"),
                    Long.toString(++beats),
                    StandardCharsets.US_ASCII,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.TRUNCATE_EXISTING);
            lastBeatNanos = System.nanoTime();
        } catch (NoSuchFileException e) {
            lost = true;
        } catch (IOException e) {
            // A full or failing device: the lease runs on, and is looked up where it matters.
            lost = lost || !Files.exists(folder);
        }
    }

    /**
     * Whether this node may still write to its turns. Costs a look at the clock; only after a pause that is longer than
     * the lease, such as that of a process that was frozen, a look at the folder.
     */
    public boolean isOurs() {
        if (lost) {
            return false;
        }
        if (System.nanoTime() - lastBeatNanos > LEASE_NANOS) {
            lost = !Files.exists(folder.resolve("heartbeat"));
        }
        return !lost;
    }

    /** Leaves: removes the folder, which must hold nothing that is still to be done, or leaves it to be claimed. */
    @Override
    public void close() throws IOException {
        boolean empty =
                Folders.list(active()).isEmpty() && Folders.list(claims()).isEmpty() && !hasFiles(webhooks());
        if (empty && isOurs()) {
            Path gone = folder.resolveSibling(".old-" + id);
            Files.move(folder, gone);
            Folders.remove(gone);
        }
        lockFile.close();
        HeldLocks.remove(id);
    }

    private static boolean hasFiles(Path folder) throws IOException {
        for (Path entry : Folders.list(folder)) {
            if (Files.isRegularFile(entry) || hasFiles(entry)) {
                return true;
            }
        }
        return false;
    }
}
