package offload.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import offload.disk.FolderProbe;
import offload.disk.StorageErrors;
import offload.files.DataFolder;
import offload.files.FreeSpace;
import offload.files.NodeFolder;

/** Whether the data folder can be written now, tried and not guessed. Any thread; it may block as long as the disk does. */
public final class StorageHealth {
    private static final long FRESH_NANOS = 1_000_000_000;

    private final NodeFolder node;
    private final FreeSpace space;
    private final FolderProbe probe;
    private final FolderProbe root;
    private Finding last = new Finding(Storage.BROKEN, true, 0);
    private long lastNanos = System.nanoTime() - FRESH_NANOS;

    StorageHealth(DataFolder data, NodeFolder node, FreeSpace space) {
        this.node = node;
        this.space = space;
        Path drafts = Objects.requireNonNull(node.draft().getParent());
        this.probe = new FolderProbe(drafts);
        this.root = new FolderProbe(data.root());
    }

    /** Of the folder: whether a file could be written, synced and read, and if not, whether all it lacked was room. */
    public enum Storage {
        /** It could, and there is room for more. */
        WRITABLE("writable"),
        /** There is no room for anything new. */
        FULL("full"),
        /** It could not, for whatever else. */
        BROKEN("not writable");

        private final String word;

        Storage(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    /**
     * What was found.
     *
     * @param storage how the data folder is
     * @param ours whether this node still holds its lock and its turns
     * @param freeBytes what is free for this user; 0 where that is not known
     */
    public record Finding(Storage storage, boolean ours, long freeBytes) {
        /** Whether turns can be taken. */
        public boolean isGood() {
            return ours && storage == Storage.WRITABLE;
        }

        /** Whether this process does what it can: a restart makes no room, and would end the turns that still run. */
        public boolean isSound() {
            return ours && storage != Storage.BROKEN;
        }
    }

    /** A finding that is at most a second old. */
    public synchronized Finding look() {
        if (System.nanoTime() - lastNanos >= FRESH_NANOS) {
            last = new Finding(storage(), isOurs(), freeBytes());
            lastNanos = System.nanoTime();
        }
        return last;
    }

    private Storage storage() {
        try {
            probe.writeSyncRead();
            return space.isLow() ? Storage.FULL : Storage.WRITABLE;
        } catch (IOException e) {
            return StorageErrors.isOutOfSpace(e) ? Storage.FULL : Storage.BROKEN;
        } catch (OutOfMemoryError e) {
            // The system gives no thread, without which turns cannot be written either.
            return Storage.BROKEN;
        }
    }

    private boolean isOurs() {
        try {
            return node.isOurs();
        } catch (IOException e) {
            return false;
        }
    }

    /** The bytes that are free. */
    public long freeBytes() {
        try {
            return root.freeBytes();
        } catch (IOException e) {
            return 0;
        }
    }
}
