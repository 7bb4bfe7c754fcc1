package offload.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The event log of a turn that runs in this process: one writer, any number of readers. What is published is in the
 * file; the terminal record is in the file before it is published, so that the final status can stand in between.
 *
 * <p>{@link #append}, {@link #appendLast} and {@link #close} are for the turn's thread; everything else for any.
 */
public final class EventLog implements Closeable {
    private final Path file;
    private final EventLogWriter writer;
    private final Doorbell doorbell = new Doorbell();
    private volatile long published;
    private volatile boolean ended;
    private volatile boolean brokenOff;
    private boolean terminated;
    private volatile long synced;

    /** Opens the empty log {@code file}, which must exist. */
    public EventLog(Path file) throws IOException {
        this.file = file;
        this.writer = new EventLogWriter(file);
    }

    /** Where the log is. */
    public Path file() {
        return file;
    }

    /** Where the next record begins, published or not. For the turn's thread. */
    public long position() {
        return writer.position();
    }

    /** Appends the batch with one write, then wakes the readers. */
    public void append(RecordBatch batch) throws IOException {
        writer.append(batch.bytes(), batch.length());
        published = writer.position();
        doorbell.ring();
    }

    /** Appends the batch, forces it to the device, and only then wakes the readers. */
    public void appendSynced(RecordBatch batch) throws IOException {
        writer.append(batch.bytes(), batch.length());
        writer.sync();
        published = writer.position();
        doorbell.ring();
    }

    /** Appends the last records, and leaves readers asleep until {@link #end}. */
    public void appendLast(RecordBatch batch) throws IOException {
        writer.append(batch.bytes(), batch.length());
        terminated = true;
    }

    /** Whether the last records are in the file. For the turn's thread. */
    public boolean isTerminated() {
        return terminated;
    }

    /** Publishes everything and tells the readers that nothing follows. */
    public void end() {
        published = writer.position();
        ended = true;
        doorbell.ring();
    }

    /** Tells the readers to go away and come back: this process cannot finish the log. */
    public void breakOff() {
        brokenOff = true;
        ended = true;
        doorbell.ring();
    }

    /** Whether {@link #breakOff} was called. */
    public boolean isBrokenOff() {
        return brokenOff;
    }

    /** How many bytes readers may have. Never goes back. */
    public long published() {
        return published;
    }

    /** Whether nothing follows what is published. Ask before {@link #published}, to miss nothing. */
    public boolean hasEnded() {
        return ended;
    }

    /** Unparks {@code reader} whenever there is more, until {@link #forget}. */
    public void wake(Thread reader) {
        doorbell.add(reader);
    }

    /** Undoes {@link #wake}. */
    public void forget(Thread reader) {
        doorbell.remove(reader);
    }

    /** Forces what is published to the device, if there is anything new. */
    public void sync() throws IOException {
        long reached = published;
        if (synced < reached) {
            writer.sync();
            synced = reached;
        }
    }

    /** Forces everything to the device. For the turn's thread. */
    public void syncAll() throws IOException {
        writer.sync();
    }

    /** The SHA-256 of the whole log, once, at the end. */
    public String digest() {
        return writer.digest();
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
