package offload.eventlog;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import offload.disk.DeviceSync;
import offload.disk.Folders;

/**
 * Appends to one event log, whole records only. The file stays open for the life of the turn, under one descriptor for
 * everything: a name may lead to another file by now, after this node's turns were claimed by another. It is no channel,
 * because an interrupt closes a channel in mid-write. After a write that fails, the whole records that it left stay,
 * since a reader in another process may have them, and the rest is cut off. The first failed sync is final: whatever a
 * later one says, the device may have dropped what was not written.
 *
 * <p>Appending is for one thread; {@link #sync} may come from another.
 */
final class EventLogWriter implements Closeable {
    private final RandomAccessFile file;
    private final DeviceSync device;
    private final MessageDigest digest;
    private long position;
    private boolean torn;
    private boolean syncFailed;
    private boolean closed;

    /** Begins at the start of {@code file}, which must exist and be empty, on {@code device}. */
    EventLogWriter(Path file, DeviceSync device) throws IOException {
        this.device = device;
        this.digest = sha256();
        this.file = new RandomAccessFile(file.toFile(), "rw");
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The end of the last whole record. */
    long position() {
        return position;
    }

    /** Appends the records of {@code batch}; where that fails, as many whole ones as had been written. */
    void append(RecordBatch batch) throws IOException {
        if (torn) {
            cut();
        }
        try {
            file.write(batch.bytes(), batch.start(), batch.length());
        } catch (IOException e) {
            keepWhole(batch, e);
            throw e;
        }
        take(batch, batch.length());
    }

    private void take(RecordBatch batch, int length) {
        digest.update(batch.bytes(), batch.start(), length);
        position += length;
    }

    private void keepWhole(RecordBatch batch, IOException cause) {
        torn = true;
        try {
            take(batch, batch.wholeRecords((int) (file.getFilePointer() - position)));
            cut();
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    private void cut() throws IOException {
        file.setLength(position);
        torn = false;
    }

    /** Forces what was appended to the device, and {@code others} with it; false where the log is closed by now. */
    synchronized boolean sync(Path... others) throws IOException {
        if (closed) {
            return false;
        }
        if (syncFailed) {
            throw new IOException("an earlier sync of this event log failed");
        }
        try {
            device.sync(() -> {
                file.getFD().sync();
                for (Path other : others) {
                    Folders.sync(other);
                }
            });
            return true;
        } catch (IOException e) {
            syncFailed = true;
            throw e;
        }
    }

    /** The SHA-256 of all that was appended, hexadecimal. To be asked once, at the end. */
    String digest() {
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        file.close();
    }
}
