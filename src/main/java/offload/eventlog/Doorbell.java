package offload.eventlog;

import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/**
 * Wakes the readers of a log that grows. Readers park without a time limit; ringing looks at an array that only changes
 * when readers come and go, and takes no lock.
 */
final class Doorbell {
    private static final Thread[] NOBODY = {};

    private volatile Thread[] waiting = NOBODY;

    /** From now on {@code thread} is unparked at each ring. */
    synchronized void add(Thread thread) {
        Thread[] more = Arrays.copyOf(waiting, waiting.length + 1);
        more[waiting.length] = thread;
        waiting = more;
    }

    /** No more. */
    synchronized void remove(Thread thread) {
        Thread[] current = waiting;
        for (int i = 0; i < current.length; i++) {
            if (current[i] == thread) {
                Thread[] fewer = Arrays.copyOf(current, current.length - 1);
                System.arraycopy(current, i + 1, fewer, i, fewer.length - i);
                waiting = fewer;
                return;
            }
        }
    }

    void ring() {
        for (Thread thread : waiting) {
            LockSupport.unpark(thread);
        }
    }
}
