package offload.bench;

/**
 * Finds markers in the body of a response, in whatever pieces it comes: takes it out of its chunks, and keeps the end of
 * a piece in which a marker may have begun.
 */
final class BodyScan {
    /** Told of each marker. */
    interface Finder {
        void found(int index, long sentNanos);
    }

    private static final byte[] DONE = {'[', 'D', 'O', 'N', 'E', ']'};

    private final byte[] text = new byte[64 * 1024 + Marker.LENGTH];
    private int kept;
    private boolean chunked;
    private long left;
    private int sizeDigits;
    private boolean inSize;
    private boolean done;
    private boolean complete;

    /** Begins a body: {@code length} bytes, or -1 until the connection closes, or chunks. */
    void begin(boolean chunks, long length) {
        chunked = chunks;
        left = chunks ? 0 : length;
        inSize = chunks;
        sizeDigits = 0;
        kept = 0;
        done = false;
        complete = !chunks && length == 0;
    }

    /** Whether the body has ended by its framing. */
    boolean isComplete() {
        return complete;
    }

    /** Whether {@code [DONE]} was seen. */
    boolean isDone() {
        return done;
    }

    /** Takes bytes; how many of them belonged to the body. */
    int take(byte[] bytes, int from, int to, Finder finder) {
        int at = from;
        while (at < to && !complete) {
            if (inSize) {
                at = takeSize(bytes, at, to);
            } else {
                int count = left < 0 ? to - at : (int) Math.min(to - at, left);
                scan(bytes, at, count, finder);
                at += count;
                left = left < 0 ? left : left - count;
                inSize = chunked && left == 0;
                complete = !chunked && left == 0;
            }
        }
        return at - from;
    }

    private int takeSize(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            byte b = bytes[at++];
            int digit = Character.digit(b, 16);
            if (digit >= 0) {
                left = left * 16 + digit;
                sizeDigits++;
            } else if (b == '\n' && sizeDigits > 0) {
                sizeDigits = 0;
                inSize = left == 0;
                complete = left == 0;
                return at;
            }
        }
        return at;
    }

    private void scan(byte[] bytes, int from, int count, Finder finder) {
        System.arraycopy(bytes, from, text, kept, count);
        int end = kept + count;
        int at = 0;
        while (at + Marker.LENGTH <= end) {
            if (text[at] == '~' && text[at + 1] == '@' && text[at + Marker.LENGTH - 1] == '~') {
                finder.found(Marker.index(text, at), Marker.nanos(text, at));
                at += Marker.LENGTH;
            } else {
                done |= text[at] == '[' && isDoneAt(at);
                at++;
            }
        }
        for (int i = at; !done && i + DONE.length <= end; i++) {
            done = isDoneAt(i);
        }
        kept = end - at;
        System.arraycopy(text, at, text, 0, kept);
    }

    private boolean isDoneAt(int at) {
        return java.util.Arrays.equals(text, at, at + DONE.length, DONE, 0, DONE.length);
    }
}
