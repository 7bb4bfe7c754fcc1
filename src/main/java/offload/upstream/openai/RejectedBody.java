package offload.upstream.openai;

import java.io.ByteArrayOutputStream;
import offload.upstream.ChatEnd;

/**
 * The body of an answer that is not 2xx, as much of it as anybody needs to see: many servers say the whole request again in
 * their errors, and their JSON tells its reason only if it is whole.
 */
final class RejectedBody implements BodyTaker {
    private static final int LIMIT = 64 * 1024;

    private final int status;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private boolean cut;

    RejectedBody(int status) {
        this.status = status;
    }

    @Override
    public boolean take(byte[] buffer, int from, int to) {
        kept.write(buffer, from, Math.min(to - from, LIMIT - kept.size()));
        cut = kept.size() == LIMIT;
        return !cut;
    }

    @Override
    public ChatEnd end(boolean whole) {
        return new ChatEnd.Rejected(status, ByteOrderMark.skippedIn(kept.toByteArray()), whole && !cut);
    }
}
