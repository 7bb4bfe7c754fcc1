package offload.upstream.openai.body;

import java.io.IOException;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import offload.upstream.ChatEnd;
import org.jspecify.annotations.Nullable;

/**
 * Decompresses gzip (RFC 1952, also in several members) and deflate (RFC 1950; raw RFC 1951 data as some servers send) as it
 * arrives, and hands on at once whatever can be decompressed.
 */
final class InflatedBody implements BodyTaker {
    private static final int TRAILER = 8;

    private final BodyTaker next;
    private final boolean gzip;
    private final byte[] out = new byte[16 * 1024];
    private @Nullable GzipHeader header;
    private @Nullable Inflater inflater;
    private final CRC32 checksum = new CRC32();
    private int trailerLeft;
    private long announced;
    private boolean afterMember;
    private boolean satisfied;
    private long taken;

    InflatedBody(BodyTaker next, boolean gzip) {
        this.next = next;
        this.gzip = gzip;
        header = gzip ? new GzipHeader() : null;
    }

    @Override
    public boolean take(byte[] buffer, int from, int to) throws IOException {
        // What becomes nothing, such as members without end that hold nothing, is counted nowhere else.
        taken = AnswerBody.limited(taken + to - from);
        int at = from;
        while (at < to) {
            GzipHeader open = header;
            if (trailerLeft > 0) {
                takeTrailer(buffer[at++] & 0xFF);
            } else if (open != null && afterMember && !open.isOpenedBy(buffer[at])) {
                // Padding: no further member comes (gzip itself ignores it, too).
                return true;
            } else if (open != null) {
                header = open.take(buffer[at++]) ? null : open;
            } else {
                at = inflate(buffer, at, to);
                if (satisfied) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Four bytes of checksum, four of length, which tells nothing more. */
    private void takeTrailer(int b) throws EndOfCall {
        int at = TRAILER - trailerLeft;
        announced |= at < 4 ? (long) b << 8 * at : 0;
        if (--trailerLeft == 0) {
            if (announced != checksum.getValue()) {
                throw damaged();
            }
            announced = 0;
            checksum.reset();
            header = new GzipHeader();
            afterMember = true;
        }
    }

    private static EndOfCall damaged() {
        return EndOfCall.invalid("The upstream's compressed answer is damaged.");
    }

    /** Returns the index after what was used. */
    private int inflate(byte[] buffer, int from, int to) throws IOException {
        Inflater open = inflater;
        if (open == null) {
            boolean zlib = (buffer[from] & 0x0F) == 8 && (buffer[from] & 0xFF) < 0x80;
            open = new Inflater(gzip || !zlib);
            inflater = open;
        }
        open.setInput(buffer, from, to - from);
        int length;
        do {
            length = inflateOnce(open);
            satisfied = length > 0 && !next.take(out, 0, length);
        } while (length > 0 && !satisfied);
        int used = to - open.getRemaining();
        if (open.finished()) {
            endMember(open);
            return gzip ? used : to;
        }
        return used;
    }

    private int inflateOnce(Inflater open) throws EndOfCall {
        try {
            int length = open.inflate(out);
            if (length == 0 && open.needsDictionary()) {
                throw damaged();
            }
            if (gzip) {
                checksum.update(out, 0, length);
            }
            return length;
        } catch (DataFormatException e) {
            throw damaged();
        }
    }

    private void endMember(Inflater open) {
        if (gzip) {
            open.end();
            inflater = null;
            trailerLeft = TRAILER;
        }
    }

    @Override
    public ChatEnd end(boolean whole) throws IOException {
        boolean inside = inflater != null && !inflater.finished();
        return next.end(whole && !inside);
    }

    @Override
    public void close() {
        Inflater open = inflater;
        if (open != null) {
            open.end();
            inflater = null;
        }
        next.close();
    }
}
