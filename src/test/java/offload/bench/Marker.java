package offload.bench;

import java.nio.charset.StandardCharsets;

/**
 * What every token of the fake upstream holds: {@code ~@IIIIIIII@TTTTTTTTTTTTTTTT~}, its index in decimal and the time at
 * which it was sent in hexadecimal nanoseconds of the machine's monotonic clock. It survives JSON and is found again
 * wherever a stream is cut.
 */
final class Marker {
    static final int LENGTH = 28;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final int INDEX = 2;
    private static final int TIME = 11;

    private Marker() {}

    /** Writes a marker at {@code at}. */
    static void write(byte[] into, int at, int index, long nanos) {
        into[at] = '~';
        into[at + 1] = '@';
        int rest = index;
        for (int i = 7; i >= 0; i--) {
            into[at + INDEX + i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        into[at + INDEX + 8] = '@';
        for (int i = 0; i < 16; i++) {
            into[at + TIME + i] = HEX[(int) (nanos >>> (60 - 4 * i)) & 0xF];
        }
        into[at + LENGTH - 1] = '~';
    }

    static int index(byte[] text, int at) {
        int index = 0;
        for (int i = 0; i < 8; i++) {
            index = index * 10 + text[at + INDEX + i] - '0';
        }
        return index;
    }

    static long nanos(byte[] text, int at) {
        long nanos = 0;
        for (int i = 0; i < 16; i++) {
            nanos = nanos << 4 | Character.digit(text[at + TIME + i], 16);
        }
        return nanos;
    }
}
