package offload.upstream.openai.connection;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import offload.sweep.Sweeper;
import org.jspecify.annotations.Nullable;

/**
 * Ends connection attempts whose time is over, by closing what they wait for. The sweeper looks, so that no attempt waits
 * with a time limit of its own; one is ended at most about 0.1 s late.
 */
final class ConnectClock {
    private static final long LOOK_MILLIS = 100;

    private final Set<Attempt> running = ConcurrentHashMap.newKeySet();

    ConnectClock(Sweeper sweeper) {
        sweeper.every(LOOK_MILLIS, this::sweep);
    }

    private void sweep() {
        long now = System.nanoTime();
        running.forEach(attempt -> attempt.endIfOver(now));
    }

    /** Starts the time of an attempt; close it when it is over in any way. */
    Attempt start(Duration limit) {
        Attempt attempt = new Attempt(System.nanoTime() + limit.toNanos());
        running.add(attempt);
        return attempt;
    }

    /** One attempt to get a connection, over all its steps. Used by one thread, ended by the sweeper. */
    final class Attempt implements AutoCloseable {
        private final long deadline;
        private @Nullable Closeable waiting;
        private long stepDeadline;
        private boolean stepOver;

        private Attempt(long deadline) {
            this.deadline = deadline;
            this.stepDeadline = deadline;
        }

        /** Nanoseconds left; zero or less when the time is over. */
        long left() {
            return deadline - System.nanoTime();
        }

        /** From here on the thread waits for {@code next}, at most {@code nanos}: then it is closed. */
        synchronized void step(Closeable next, long nanos) {
            waiting = next;
            stepOver = false;
            stepDeadline = Math.min(deadline, System.nanoTime() + nanos);
        }

        /** The step has come to its end: it is not closed from now on. False if it was. */
        synchronized boolean finishStep() {
            waiting = null;
            return !stepOver;
        }

        private synchronized void endIfOver(long now) {
            Closeable subject = waiting;
            if (subject == null || now - stepDeadline < 0) {
                return;
            }
            stepOver = true;
            waiting = null;
            try {
                subject.close();
            } catch (IOException e) {
                // It is gone, which is what was wanted.
            }
        }

        @Override
        public void close() {
            running.remove(this);
        }
    }
}
