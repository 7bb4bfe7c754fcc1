package offload.bench;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What is done for turns and readers in a server that runs with the {@link StepAgent}: one step for each call of a method
 * and each further round of a loop in Offload's own code. Turns and readers are virtual threads, and the bodies of the
 * upstream have a thread of their own; what happens by the clock (statuses, syncs, deadlines) has others and is left out.
 */
public final class Steps {
    private static final String BODIES = "upstream-bodies";
    private static final String CARRIER = "ForkJoinPool-1-worker-";
    /** The kernel keeps no more of a thread's name. */
    private static final int KEPT = 15;

    private static final AtomicLong COUNT = new AtomicLong();

    private Steps() {}

    /** The agent has put a call of this in every method and every loop. */
    public static void count() {
        Thread thread = Thread.currentThread();
        if (thread.isVirtual() || thread.getName().equals(BODIES)) {
            COUNT.incrementAndGet();
        }
    }

    static long soFar() {
        return COUNT.get();
    }

    /** Whether the platform thread {@code name} is one whose work counts; the kernel's short names are known as well. */
    static boolean isCounted(String name) {
        return name.startsWith(CARRIER.substring(0, KEPT)) || name.equals(BODIES);
    }
}
