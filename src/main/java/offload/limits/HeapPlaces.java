package offload.limits;

/**
 * How many turns, and how many connections, the heap has room for. Each takes 6 to 20 kB for as long as it lasts, mostly
 * for waiting: a limit that is right for a heap of 1 GB lets them fill a small one, and a process whose heap is full ends
 * with all of them. Stateless.
 */
public final class HeapPlaces {
    /** As many turns as connections, and a fourth of the heap for what they do. */
    private static final int EACH = 48 * 1024;

    private HeapPlaces() {}

    /** As many of {@code wanted} as this process has room for. */
    public static int atMost(int wanted) {
        return atMost(wanted, Runtime.getRuntime().maxMemory());
    }

    /** The same for a {@code heap} of so many bytes. */
    static int atMost(int wanted, long heap) {
        return (int) Math.min(wanted, heap / EACH);
    }
}
