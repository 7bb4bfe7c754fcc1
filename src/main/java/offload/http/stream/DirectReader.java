package offload.http.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.LockSupport;
import offload.eventlog.LogFollower;
import offload.eventlog.RecordBatch;

/**
 * The reader's side of direct delivery: while its channel is in non-blocking mode and it follows a log, turns write to it
 * themselves. What the channel did not take at once is kept, a batch at most, and the reader's own thread sees to it.
 *
 * <p>{@link #take} and {@link #ended} come with the log's delivery lock held; everything else is for the reader's thread
 * while it does not follow.
 */
final class DirectReader implements LogFollower {
    private final SocketChannel channel;
    private final boolean chunks;
    private final Thread thread = Thread.currentThread();
    private long position;
    private byte[] rest = {};
    private boolean whole;
    private boolean gone;
    private volatile boolean released;

    /** Whose client, at the other end of {@code channel}, knows HTTP's {@code chunks}, or wants the bytes alone. */
    DirectReader(SocketChannel channel, boolean chunks, long position) {
        this.channel = channel;
        this.chunks = chunks;
        this.position = position;
    }

    @Override
    public boolean take(ByteBuffer chunk, int length, boolean last) {
        whole = last;
        ByteBuffer bytes = chunks || length == 0 ? chunk : recordsOf(chunk, length, last);
        try {
            channel.write(bytes);
            position += length;
            if (!bytes.hasRemaining()) {
                return true;
            }
            rest = new byte[bytes.remaining()];
            bytes.get(rest);
        } catch (IOException e) {
            gone = true;
        }
        release();
        return false;
    }

    private static ByteBuffer recordsOf(ByteBuffer chunk, int length, boolean last) {
        int end = chunk.limit() - RecordBatch.tail(last);
        return chunk.duplicate().limit(end).position(end - length);
    }

    @Override
    public void ended() {
        release();
    }

    private void release() {
        released = true;
        LockSupport.unpark(thread);
    }

    /** Whether somebody else ended the following. */
    boolean isReleased() {
        return released;
    }

    /** Before following anew. */
    void reset() {
        released = false;
    }

    /** The offset up to which this reader has, or will have with its {@link #rest}, everything. */
    @Override
    public long position() {
        return position;
    }

    /** This reader has got {@code count} more bytes of the log in another way. */
    void advance(long count) {
        position += count;
    }

    /** Whether the end of the body was among what was taken. */
    boolean isWhole() {
        return whole;
    }

    /** Whether the client has left. */
    boolean isGone() {
        return gone;
    }

    /** What the channel did not take; empty from then on. */
    byte[] takeRest() {
        byte[] taken = rest;
        rest = new byte[0];
        return taken;
    }
}
