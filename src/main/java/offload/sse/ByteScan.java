package offload.sse;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Looks through bytes eight at a time. Every token passes here twice, so that this, and not clarity, decided the form:
 * a byte of {@code x - ONES & ~x & HIGHS} has its high bit set where {@code x} holds a zero byte, exactly for the lowest one.
 */
final class ByteScan {
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long LFS = '\n' * ONES;
    private static final long CRS = '\r' * ONES;

    private ByteScan() {}

    /** The index of the first CR or LF in {@code [from, to)}, or {@code to}. */
    static int lineEnd(byte[] bytes, int from, int to) {
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            long eight = (long) EIGHT.get(bytes, at);
            long found = (zeros(eight ^ LFS) | zeros(eight ^ CRS));
            if (found != 0) {
                return at + (Long.numberOfTrailingZeros(found) >> 3);
            }
        }
        while (at < to && bytes[at] != '\n' && bytes[at] != '\r') {
            at++;
        }
        return at;
    }

    /** Whether every byte is below 0x80. */
    static boolean isAscii(byte[] bytes, int from, int to) {
        long any = 0;
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            any |= (long) EIGHT.get(bytes, at);
        }
        for (; at < to; at++) {
            any |= bytes[at];
        }
        return (any & HIGHS) == 0;
    }

    private static long zeros(long x) {
        return x - ONES & ~x & HIGHS;
    }
}
