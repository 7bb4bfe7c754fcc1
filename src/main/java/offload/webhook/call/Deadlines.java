package offload.webhook.call;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The threads that must not go on for longer than their time. Nobody waits here: the sweeper looks, and interrupts who
 * is late. Any thread may call it.
 */
final class Deadlines {
    private final Set<Deadline> running = ConcurrentHashMap.newKeySet();

    /** Gives the calling thread {@code limit} until it closes the deadline. */
    Deadline start(Duration limit) {
        Deadline deadline = new Deadline(Thread.currentThread(), System.nanoTime() + limit.toNanos());
        running.add(deadline);
        return deadline;
    }

    /** Interrupts whoever is late. */
    void interruptLate() {
        long now = System.nanoTime();
        running.stream().filter(deadline -> now - deadline.atNanos >= 0).forEach(Deadline::interrupt);
    }

    /** One thread's time. */
    final class Deadline implements AutoCloseable {
        private final Thread thread;
        private final long atNanos;
        private boolean over;
        private boolean interrupted;

        private Deadline(Thread thread, long atNanos) {
            this.thread = thread;
            this.atNanos = atNanos;
        }

        private synchronized void interrupt() {
            if (!over && !interrupted) {
                interrupted = true;
                thread.interrupt();
            }
        }

        /** Whether the thread was interrupted because its time was over. */
        synchronized boolean passed() {
            return interrupted;
        }

        /** Ends the watch; an interrupt that came from here is taken back, and none comes any more. */
        @Override
        public synchronized void close() {
            over = true;
            running.remove(this);
            if (interrupted) {
                Thread.interrupted();
            }
        }
    }
}
