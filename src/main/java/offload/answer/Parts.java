package offload.answer;

/**
 * How many parts an answer is put together from: choices, tool calls, and members of objects. Each takes hundreds of bytes
 * and comes in a dozen, so that their number is limited and not only the bytes that came. Not for several threads at once.
 */
final class Parts {
    /** Thousands of times what answers have. */
    static final int MOST = 100_000;

    /** About what one takes beside its text, in bytes. */
    private static final int EACH = 300;

    private int count;

    /** One more. */
    void add() {
        count++;
    }

    /** About how many bytes they take beside their texts. */
    long memory() {
        return (long) EACH * count;
    }

    /** Whether they are more than an answer may have. */
    boolean areTooMany() {
        return count > MOST;
    }
}
