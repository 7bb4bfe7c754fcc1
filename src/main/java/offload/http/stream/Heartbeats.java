package offload.http.stream;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import offload.sweep.Sweeper;

/**
 * Reminds the readers of silent streams that a comment is due, from the sweeper, so that none of them needs to wait with
 * a time limit. Any thread.
 */
public final class Heartbeats {
    /** A comment (HTML, section 9.2.5): events have none of it, and whoever waits sees that somebody is there. */
    static final String COMMENT = ": hb\n";

    private final Set<Beat> beats = ConcurrentHashMap.newKeySet();
    private final long silenceNanos;
    private final LongSupplier nanoTime;

    /** A comment is due after {@code silenceMillis} without a byte. */
    public Heartbeats(Sweeper sweeper, long silenceMillis) {
        this(sweeper, silenceMillis, System::nanoTime);
    }

    Heartbeats(Sweeper sweeper, long silenceMillis, LongSupplier nanoTime) {
        this.silenceNanos = silenceMillis * 1_000_000;
        this.nanoTime = nanoTime;
        sweeper.every(500, this::remind);
    }

    /** One stream's part of it. Its thread asks and tells; the sweeper only rings. */
    final class Beat implements AutoCloseable {
        private final Thread reader = Thread.currentThread();
        private final LongSupplier progress;
        private long lastProgress;
        private volatile long lastNanos = nanoTime.getAsLong();

        boolean isDue() {
            return nanoTime.getAsLong() - lastNanos >= silenceNanos;
        }

        private Beat(LongSupplier progress) {
            this.progress = progress;
            this.lastProgress = progress.getAsLong();
        }

        private void remind() {
            long now = progress.getAsLong();
            if (now != lastProgress) {
                lastProgress = now;
                sent();
            } else if (isDue()) {
                LockSupport.unpark(reader);
            }
        }

        /** Something was sent. */
        void sent() {
            lastNanos = nanoTime.getAsLong();
        }

        @Override
        public void close() {
            beats.remove(this);
        }
    }

    /** Begins for the calling thread's stream. Where {@code progress} changes, something was sent by another thread. */
    Beat begin(LongSupplier progress) {
        Beat beat = new Beat(progress);
        beats.add(beat);
        return beat;
    }

    /** How many streams are open. */
    public int count() {
        return beats.size();
    }

    private void remind() {
        beats.forEach(Beat::remind);
    }
}
