package offload.upstream.openai.body;

import java.io.IOException;
import offload.upstream.ChatEnd;

/**
 * A chunked body (RFC 9112, 7.1). Extensions are skipped; trailers are not waited for, as the connection is closed after the
 * body anyway. Lines may end in LF alone. What breaks after something of the body came is cut off there: h2o, for one, tells by
 * a broken chunk that it has lost the server behind it.
 */
final class Chunked implements Framing {
    private static final int MAX_SIZE_LINE = 4096;
    private static final long MAX_SIZE = 1L << 40;

    private enum Part {
        SIZE,
        EXTENSION,
        DATA,
        DATA_END
    }

    private Part part = Part.SIZE;
    private long size;
    private int digits;
    private int lineLength;
    private boolean begun;

    @Override
    public boolean feed(byte[] buffer, int from, int to, BodyTaker body) throws IOException {
        int at = from;
        while (at < to) {
            if (part == Part.DATA) {
                int end = (int) Math.min(to, at + size);
                size -= end - at;
                if (!body.take(buffer, at, end)) {
                    return false;
                }
                at = end;
                part = size == 0 ? Part.DATA_END : Part.DATA;
            } else if (!takeFraming(buffer[at++])) {
                return false;
            }
        }
        return true;
    }

    private boolean takeFraming(byte b) throws EndOfCall {
        if (part == Part.DATA_END) {
            takeDataEnd(b);
            return true;
        }
        if (++lineLength > MAX_SIZE_LINE) {
            throw broken();
        }
        if (b == '\n') {
            return startData();
        }
        if (part == Part.SIZE) {
            takeSize(b);
        }
        return true;
    }

    private void takeSize(byte b) throws EndOfCall {
        int digit = Character.digit(b, 16);
        if (digit >= 0) {
            size = size * 16 + digit;
            digits++;
            if (size > MAX_SIZE) {
                throw broken();
            }
        } else if (b == ';' || b == ' ' || b == '\t' || b == '\r') {
            part = Part.EXTENSION;
        } else {
            throw broken();
        }
    }

    private boolean startData() throws EndOfCall {
        if (digits == 0) {
            throw broken();
        }
        part = Part.DATA;
        begun |= size > 0;
        digits = 0;
        lineLength = 0;
        return size > 0;
    }

    private void takeDataEnd(byte b) throws EndOfCall {
        if (b == '\n') {
            part = Part.SIZE;
            lineLength = 0;
        } else if (b != '\r' || ++lineLength > 1) {
            throw broken();
        }
    }

    private EndOfCall broken() {
        return begun
                ? new EndOfCall(
                        new ChatEnd.Truncated(
                                "The upstream broke off in the middle of its answer: the chunked encoding of HTTP is broken there."))
                : EndOfCall.invalid("The upstream's answer breaks the chunked encoding of HTTP.");
    }
}
