package offload.upstream.openai.body;

/** Skips the header of a gzip member (RFC 1952, 2.3), byte by byte. */
final class GzipHeader {
    private static final int FIXED = 10;
    private static final int HAS_CRC = 2;
    private static final int HAS_EXTRA = 4;
    private static final int HAS_NAME = 8;
    private static final int HAS_COMMENT = 16;

    private int at;
    private int flags;
    private int extra;
    private int skip;

    /** Whether {@code b} may come next, as far as the first byte tells. */
    boolean isOpenedBy(byte b) {
        return at > 0 || b == 0x1F;
    }

    /** Takes the next byte; true when it was the header's last. */
    boolean take(byte b) throws EndOfCall {
        if (at < FIXED) {
            takeFixed(b & 0xFF);
        } else if (skip > 0) {
            skip--;
        } else if ((flags & HAS_EXTRA) != 0) {
            takeExtraLength(b & 0xFF);
        } else if ((flags & (HAS_NAME | HAS_COMMENT)) != 0) {
            takeText(b);
        }
        return at >= FIXED && skip == 0 && !more();
    }

    private void takeFixed(int b) throws EndOfCall {
        if (at == 0 && b != 0x1F || at == 1 && b != 0x8B || at == 2 && b != 8) {
            throw EndOfCall.invalid("The upstream's answer says that it is gzip and is not.");
        }
        if (at == 3) {
            flags = b;
        }
        at++;
    }

    private void takeExtraLength(int b) {
        if (extra == 0) {
            extra = b + 1;
        } else {
            skip = extra - 1 + (b << 8);
            flags &= ~HAS_EXTRA;
        }
    }

    private void takeText(byte b) {
        if (b == 0) {
            flags &= (flags & HAS_NAME) != 0 ? ~HAS_NAME : ~HAS_COMMENT;
        }
    }

    private boolean more() {
        if ((flags & (HAS_EXTRA | HAS_NAME | HAS_COMMENT)) != 0) {
            return true;
        }
        if ((flags & HAS_CRC) != 0) {
            flags &= ~HAS_CRC;
            skip = 2;
            return true;
        }
        return false;
    }
}
