package offload.eventlog;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A follower that keeps the records that it is given, and is full when the test says so. */
final class KeptReader implements LogFollower {
    private final StringBuilder got = new StringBuilder();
    private final AtomicLong position;
    private final AtomicInteger given = new AtomicInteger();
    volatile boolean released;
    volatile boolean full;
    volatile Runnable whenGiven = () -> {};

    KeptReader(long position) {
        this.position = new AtomicLong(position);
    }

    @Override
    public long position() {
        return position.get();
    }

    @Override
    public boolean take(ByteBuffer chunk, int length, boolean last) {
        whenGiven.run();
        byte[] bytes = new byte[chunk.remaining()];
        chunk.get(bytes);
        int from = bytes.length - RecordBatch.tail(last) - length;
        got.append(new String(bytes, from, length, StandardCharsets.UTF_8));
        position.addAndGet(length);
        given.incrementAndGet();
        return !full;
    }

    @Override
    public void ended() {
        released = true;
    }

    /** How often it was. */
    int given() {
        return given.get();
    }

    String got() {
        return got.toString();
    }
}
