package offload.files;

import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Appends to one event log, whole records only. The file stays open for the life of the turn; it is a stream and no
 * channel, because an interrupt closes a channel in mid-write. After a write that fails, what it left of itself is cut
 * off. The first failed sync is final: whatever a later one says, the device may have dropped what was not written.
 *
 * <p>Appending is for one thread; {@link #sync} may come from another.
 */
final class EventLogWriter implements Closeable {
    private final Path file;
    private final FileOutputStream out;
    private final MessageDigest digest;
    private long position;
    private boolean syncFailed;
    private boolean closed;

    /** Begins at the start of {@code file}, which must exist and be empty. */
    EventLogWriter(Path file) throws IOException {
        this.file = file;
        this.digest = sha256();
        this.out = new FileOutputStream(file.toFile(), true);
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

    /** Appends the records of {@code batch}, or nothing. */
    void append(RecordBatch batch) throws IOException {
        int length = batch.length();
        try {
            out.write(batch.bytes(), batch.start(), length);
        } catch (IOException e) {
            cutBack(e);
            throw e;
        }
        digest.update(batch.bytes(), batch.start(), length);
        position += length;
    }

    private void cutBack(IOException cause) {
        try (RandomAccessFile whole = new RandomAccessFile(file.toFile(), "rw")) {
            whole.setLength(position);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    /** Forces what was appended to the device; false where the log is closed by now. */
    synchronized boolean sync() throws IOException {
        if (closed) {
            return false;
        }
        if (syncFailed) {
            throw new IOException("an earlier sync of this event log failed");
        }
        try {
            out.getFD().sync();
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
        out.close();
    }
}
