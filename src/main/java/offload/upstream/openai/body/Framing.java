package offload.upstream.openai.body;

import java.io.IOException;
import offload.upstream.ResponseHead;

/** Takes a body out of its HTTP/1.1 framing (RFC 9112, 6). One thread. */
public sealed interface Framing permits FixedLength, UntilClose, Chunked {

    /**
     * Hands the body's bytes among {@code [from, to)} to {@code body}.
     *
     * @return false at the end of the body, or when {@code body} wants no more
     */
    boolean feed(byte[] buffer, int from, int to, BodyTaker body) throws IOException;

    /** Whether the end of the connection is the end of the body. */
    default boolean endsWithConnection() {
        return false;
    }

    /**
     * The framing that {@code head} announces. Transfer-Encoding wins over Content-Length.
     *
     * @throws EndOfCall where it announces a length that is none
     */
    static Framing of(ResponseHead head) throws EndOfCall {
        if (head.status() == 204 || head.status() == 304) {
            return new FixedLength(0);
        }
        if (ContentCodings.isChunked(head)) {
            return new Chunked();
        }
        String length = head.headers().get("content-length");
        return length == null ? new UntilClose() : FixedLength.of(length);
    }
}
