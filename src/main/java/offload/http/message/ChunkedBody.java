package offload.http.message;

import io.helidon.common.buffers.DataReader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import offload.turn.ApiError;
import offload.turn.ApiException;

/**
 * Decodes a request body that comes in chunks (RFC 9112 section 7.1). The web server's own decoder takes chunks that do
 * not end in CRLF, holds each chunk and each size line as a whole whatever its length, and refuses extensions; this one is
 * strict, and holds no more than comes at once. Nothing can be read from the connection afterwards. Stateless.
 */
public final class ChunkedBody {
    private static final Pattern SIZE = Pattern.compile("0*([0-9A-Fa-f]{1,8})[ \\t]*(?:;.*)?");
    private static final int LINE_LIMIT = 1024;
    private static final int TRAILERS = 32;
    private static final int PIECE = 16 * 1024;

    private ChunkedBody() {}

    /** Takes what comes; its exceptions end the reading. */
    public interface Taker {
        /** A chunk of {@code size} bytes is to come. */
        void expect(long size);

        /** More of the body has come. */
        void take(byte[] piece);
    }

    /**
     * Gives {@code taker} all there is, piece by piece. Waits for the client.
     *
     * @throws ApiException if the chunks are malformed
     */
    public static void read(DataReader in, Taker taker) {
        for (long size = size(in); size > 0; size = size(in)) {
            taker.expect(size);
            for (long left = size; left > 0; ) {
                in.ensureAvailable();
                byte[] piece = in.readBytes((int) Math.min(left, Math.min(PIECE, in.available())));
                taker.take(piece);
                left -= piece.length;
            }
            if (in.read() != '\r' || in.read() != '\n') {
                throw malformed();
            }
        }
        for (int i = 0; !line(in).isEmpty(); i++) {
            if (i == TRAILERS) {
                throw malformed();
            }
        }
    }

    private static long size(DataReader in) {
        Matcher size = SIZE.matcher(line(in));
        if (!size.matches()) {
            throw malformed();
        }
        return Long.parseLong(size.group(1), 16);
    }

    private static String line(DataReader in) {
        try {
            int end = in.findNewLine(LINE_LIMIT);
            if (end == LINE_LIMIT) {
                throw malformed();
            }
            String line = in.readAsciiString(end);
            in.skip(2);
            return line;
        } catch (DataReader.IncorrectNewLineException e) {
            throw malformed();
        }
    }

    /** What is said of a body that cannot be read; the connection ends with it. */
    public static ApiException malformed() {
        return new ApiException(ApiError.INVALID_REQUEST, "The body's chunks are malformed: see RFC 9112 section 7.1.")
                .with("Connection", "close");
    }
}
