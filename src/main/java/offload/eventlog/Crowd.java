package offload.eventlog;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.LockSupport;

/**
 * Gives the batches of one log to its followers, where these are many, on a thread of its own: writing to thousands takes
 * tens of milliseconds, and on the turn's thread all other turns that it serves would wait for that. What comes while a
 * round is under way goes out in the next one, as one chunk. A crowd that falls far behind is let go, and each follower
 * catches up from the file at his own pace: nothing is queued without end.
 *
 * <p>Two locks, taken in this order: the log's delivery lock while followers are served, and the monitor of this, which is
 * never held for long, for what waits. Who publishes and who begins to follow hold the latter around all that they do, so
 * that nobody misses a batch or gets it twice.
 */
final class Crowd implements Runnable {
    private static final Logger LOG = System.getLogger(Crowd.class.getName());

    /** From so many followers on it is worth a thread: fewer are served sooner by the turn itself. */
    static final int SIZE = 64;

    /** How many bytes may wait: a crowd that is so late has no use for each token as it comes. */
    private static final int MOST_WAITING = 256 * 1024;

    private final Followers followers;
    /** The JVM would copy what is on its heap for each follower anew. */
    private final ByteBuffer offHeap = ByteBuffer.allocateDirect(16 * 1024);

    private final Deque<RecordBatch> waiting = new ArrayDeque<>();
    private final Thread thread;
    private int waitingBytes;
    private boolean sealed;
    private boolean fellBehind;
    private volatile boolean over;

    /** For {@code followers}, whose monitor is the delivery lock. Not on an urgent thread: its own would be as urgent. */
    Crowd(Followers followers) {
        this.followers = followers;
        this.thread = Thread.ofPlatform().name("crowd").daemon().unstarted(this);
    }

    /** False where the system gives no thread: the turn goes on to serve them. */
    boolean start() {
        try {
            thread.start();
            return true;
        } catch (OutOfMemoryError e) {
            return false;
        }
    }

    /** Takes note of the records of {@code batch}, which are published together with this, with the monitor held. */
    void give(RecordBatch batch) {
        if (waitingBytes + batch.length() > MOST_WAITING) {
            waiting.clear();
            waitingBytes = 0;
            fellBehind = true;
        } else {
            last(batch.offset()).addAll(batch);
            waitingBytes += batch.length();
        }
    }

    /** Has the followers served; after {@link #give}, and without the monitor. */
    void wake() {
        LockSupport.unpark(thread);
    }

    private RecordBatch last(long offset) {
        RecordBatch last = waiting.peekLast();
        if (last == null || sealed) {
            last = new RecordBatch();
            last.begin(offset);
            waiting.add(last);
            sealed = false;
        }
        return last;
    }

    /** One who has all that is published begins to follow: what comes next is not put together with what he has. */
    void seal() {
        sealed = true;
    }

    @Override
    public void run() {
        while (!over) {
            if (isIdle()) {
                LockSupport.park(this);
            } else {
                serve();
            }
        }
    }

    private void serve() {
        synchronized (followers) {
            try {
                round();
            } catch (RuntimeException | Error e) {
                // They go on by themselves; a thread that ended here would leave them waiting for ever.
                LOG.log(Level.ERROR, "followers could not be served: " + e);
                followers.end();
            }
        }
    }

    private synchronized boolean isIdle() {
        return waiting.isEmpty() && !fellBehind;
    }

    /** Gives the followers all that waits; with the delivery lock held. */
    void finish() {
        while (!isIdle()) {
            round();
        }
    }

    private void round() {
        RecordBatch next;
        boolean letGo;
        synchronized (this) {
            letGo = fellBehind;
            fellBehind = false;
            next = waiting.poll();
            waitingBytes -= next == null ? 0 : next.length();
        }
        if (letGo) {
            followers.end();
        }
        if (next != null) {
            followers.deliver(offHeap(next.chunk()), next.offset(), next.length(), false);
        }
    }

    private ByteBuffer offHeap(ByteBuffer chunk) {
        return chunk.remaining() > offHeap.capacity()
                ? chunk
                : offHeap.clear().put(chunk).flip();
    }

    /** Ends the thread; nothing is given after this. */
    void end() {
        over = true;
        LockSupport.unpark(thread);
    }
}
