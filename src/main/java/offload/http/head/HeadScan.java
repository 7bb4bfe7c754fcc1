package offload.http.head;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;

/**
 * The header fields of one request while they are nothing but bytes: where they end, and how many they are. It takes nothing
 * from its reader, and judges nothing: at whatever can be no head it says that no more has to come. For one thread.
 */
final class HeadScan {
    private final DataReader in;
    private int seen;
    private int pieces;
    private int fields;
    private int lineLength;
    private byte last;
    private boolean over;

    /** The first line was taken from {@code in}, and nothing behind it. */
    HeadScan(DataReader in) {
        this.in = in;
    }

    /** Looks at what has come since, and tells whether there must be more. */
    boolean goesOn() {
        int there = in.available();
        if (there > seen) {
            pieces++;
            BufferData bytes = in.getBuffer(there);
            while (seen < there && !over) {
                take((byte) bytes.get(seen++));
            }
        }
        return !over && seen <= HeadLimits.FIELD_BYTES;
    }

    private void take(byte next) {
        if (last == '\r' && next == '\n') {
            over = lineLength == 0;
            fields += over ? 0 : 1;
            lineLength = 0;
        } else if (last == '\r' || next == '\n') {
            over = true;
        } else if (next != '\r') {
            lineLength++;
        }
        last = next;
    }

    /** How many have come whole. */
    int fields() {
        return fields;
    }

    /** How many bytes were looked at. */
    int bytes() {
        return seen;
    }

    /** In how many pieces they came. */
    int pieces() {
        return pieces;
    }
}
