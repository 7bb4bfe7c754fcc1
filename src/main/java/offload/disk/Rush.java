package offload.disk;

import java.util.function.LongSupplier;

/** Whether calls come thick and fast: as many within a time as make it a rush. Any thread. */
final class Rush {
    private final long[] times;
    private final long within;
    private final LongSupplier clock;
    private int next;
    private boolean full;

    /** {@code calls} within {@code nanos} of {@code clock} are a rush. */
    Rush(int calls, long nanos, LongSupplier clock) {
        times = new long[calls - 1];
        within = nanos;
        this.clock = clock;
    }

    /** Takes note of one more call; whether it belongs to a rush. */
    synchronized boolean goesOn() {
        long now = clock.getAsLong();
        long first = times[next];
        times[next] = now;
        next = (next + 1) % times.length;
        boolean rush = full && now - first < within;
        full |= next == 0;
        return rush;
    }
}
