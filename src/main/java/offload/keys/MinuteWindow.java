package offload.keys;

/**
 * The requests of the last 60 seconds, each by its time, so that there are never more than the limit in any 60 seconds
 * and the next free place is known to the millisecond. Grows to as many places as were ever needed at once. Guarded by
 * its {@link KeyMeter}.
 */
final class MinuteWindow {
    private static final long LENGTH_MILLIS = 60_000;

    private long[] times = new long[16];
    private int first;
    private int size;

    /** How many there are now. */
    int used(long nowMillis) {
        // A time ahead of now means that the clock was set back: such entries would block the key for as long.
        while (size > 0 && (times[first] <= nowMillis - LENGTH_MILLIS || times[first] > nowMillis)) {
            first = (first + 1) % times.length;
            size--;
        }
        return size;
    }

    void add(long nowMillis) {
        if (size == times.length) {
            long[] larger = new long[size * 2];
            for (int i = 0; i < size; i++) {
                larger[i] = times[(first + i) % size];
            }
            times = larger;
            first = 0;
        }
        times[(first + size++) % times.length] = nowMillis;
    }

    /** Takes one of the requests made at {@code timeMillis} back, if it still counts. */
    void remove(long timeMillis) {
        long[] kept = new long[times.length];
        int count = 0;
        boolean removed = false;
        for (int i = 0; i < size; i++) {
            long time = times[(first + i) % times.length];
            if (time == timeMillis && !removed) {
                removed = true;
            } else {
                kept[count++] = time;
            }
        }
        times = kept;
        first = 0;
        size = count;
    }

    /** Milliseconds until the oldest one does not count any more; the whole length if there is none. */
    long untilOldestLeaves(long nowMillis) {
        return used(nowMillis) == 0 ? LENGTH_MILLIS : times[first] + LENGTH_MILLIS - nowMillis;
    }
}
