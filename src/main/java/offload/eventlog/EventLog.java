package offload.eventlog;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import offload.disk.DeviceSync;
import org.jspecify.annotations.Nullable;

/**
 * The event log of a turn that runs in this process: one writer, any number of readers. What is published is in the
 * file; the terminal record is in the file before it is published, so that the final status can stand in between.
 *
 * <p>Readers that have everything can follow: they are then given each batch by the turn itself, or where they are many by
 * a thread of theirs ({@link Crowd}), under one lock that nothing else takes for long. All others are woken by the doorbell
 * and read the file.
 *
 * <p>{@link #append}, {@link #publish}, {@link #appendLast} and {@link #close} are for the turn's thread; everything else for any.
 */
public final class EventLog implements Closeable {
    private final Path file;
    private final EventLogWriter writer;
    private final Doorbell doorbell = new Doorbell();
    /** Its monitor is the delivery lock. */
    private final Followers followers = new Followers();

    /** Who gives them the batches in the turn's place, once they are many; until the end. */
    private volatile @Nullable Crowd crowd;

    private volatile long published;
    private volatile boolean ended;
    private volatile boolean brokenOff;
    private volatile long synced;
    private @Nullable RecordBatch last;
    private volatile boolean terminated;

    /** Opens the empty log {@code file}, which must exist, on {@code device}. */
    public EventLog(Path file, DeviceSync device) throws IOException {
        this.file = file;
        this.writer = new EventLogWriter(file, device);
    }

    /** Where the log is. */
    public Path file() {
        return file;
    }

    /** Where the next record begins, published or not. For the turn's thread. */
    public long position() {
        return writer.position();
    }

    /** Appends the batch with one write; readers learn of it by {@link #publish}. */
    public void append(RecordBatch batch) throws IOException {
        writer.append(batch);
    }

    /** Lets the readers have the batch that was just appended. */
    public void publish(RecordBatch batch) {
        Crowd many = crowd;
        if (many == null) {
            synchronized (followers) {
                published = writer.position();
                if (!followers.isEmpty()) {
                    followers.deliver(batch.chunk(), batch.offset(), batch.length(), false);
                }
            }
        } else {
            synchronized (many) {
                many.give(batch);
                published = writer.position();
            }
            many.wake();
        }
        doorbell.ring();
    }

    /** Appends the last records, and leaves readers asleep until {@link #end}. */
    public void appendLast(RecordBatch batch) throws IOException {
        writer.append(batch);
        last = batch;
        terminated = true;
    }

    /** Whether the last records are in the file. */
    public boolean isTerminated() {
        return terminated;
    }

    /** Publishes everything and tells the readers that nothing follows. */
    public void end() {
        synchronized (followers) {
            Crowd many = crowd;
            if (many != null) {
                many.finish();
            }
            RecordBatch end = last;
            long before = published;
            published = writer.position();
            // Else something lies in between that was never published: followers read it from the file.
            if (end != null && before + end.length() == published && !followers.isEmpty()) {
                followers.deliver(end.lastChunk(), before, end.length(), true);
            }
            letGo();
        }
        doorbell.ring();
    }

    /** Tells the readers to go away and come back: this process cannot finish the log. */
    public void breakOff() {
        synchronized (followers) {
            brokenOff = true;
            letGo();
        }
        doorbell.ring();
    }

    private void letGo() {
        ended = true;
        followers.end();
        Crowd many = crowd;
        if (many != null) {
            many.end();
        }
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

    /** Lets {@code follower} follow, if {@code position} is all that there is and more may come. */
    public boolean follow(LogFollower follower, long position) {
        synchronized (followers) {
            Crowd many = crowd;
            if (many == null) {
                boolean followed = join(follower, position);
                if (followers.isCrowd()) {
                    Crowd begun = new Crowd(followers);
                    crowd = begun.start() ? begun : null;
                }
                return followed;
            }
            synchronized (many) {
                many.seal();
                return join(follower, position);
            }
        }
    }

    private boolean join(LogFollower follower, long position) {
        boolean current = position == published && !ended;
        if (current) {
            followers.add(follower);
        }
        return current;
    }

    /** The follower follows no more; nothing is given to it after this. */
    public void unfollow(LogFollower follower) {
        synchronized (followers) {
            followers.remove(follower);
        }
    }

    /** Gives {@code chunk}, which is none of the log's bytes, to {@code follower}, if it still follows. */
    public void give(LogFollower follower, ByteBuffer chunk) {
        synchronized (followers) {
            if (followers.has(follower) && !follower.take(chunk, 0, false)) {
                followers.remove(follower);
            }
        }
    }

    /** Unparks {@code reader} whenever there is more, until {@link #forget}. */
    public void wake(Thread reader) {
        doorbell.add(reader);
    }

    /** Undoes {@link #wake}. */
    public void forget(Thread reader) {
        doorbell.remove(reader);
    }

    /** Whether something is published that was not yet forced to the device. */
    public boolean isDirty() {
        return synced < published;
    }

    /** Forces what is published to the device, if there is anything new. */
    public void sync() throws IOException {
        long reached = published;
        if (synced < reached && writer.sync()) {
            synced = reached;
        }
    }

    /** What was published up to {@code offset} was forced to the device, with others. For who calls {@link #sync}. */
    public void syncedTo(long offset) {
        synced = Math.max(synced, offset);
    }

    /** Forces everything to the device, and {@code others} with it. For the turn's thread. */
    public void syncAll(Path... others) throws IOException {
        writer.sync(others);
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
