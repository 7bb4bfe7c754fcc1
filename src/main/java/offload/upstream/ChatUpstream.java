package offload.upstream;

import java.io.IOException;

/**
 * Whoever answers chat completions. The one real seam of the house: an OpenAI-compatible server behind it, or anything
 * else that can feed a {@link ChatSink}.
 */
public interface ChatUpstream extends AutoCloseable {

    /**
     * Makes one call and feeds {@code sink} until the answer ends; returns how it ended. Blocks the calling virtual
     * thread; interrupting that thread closes the upstream connection at once and makes this answer
     * {@link ChatEnd.Aborted} with the interrupt flag cleared. The call's key is overwritten as soon as it is sent, and
     * on every way out. What the upstream says is given as it is, an echo of the key too: the caller hides that. No
     * connection that carried a key is kept.
     *
     * @throws IllegalArgumentException if the call's base URL is not usable, or a header or the key could break out of its
     *     line; nothing was sent then
     * @throws IOException only what the sink threw; the connection is closed then
     */
    ChatEnd run(ChatCall call, ChatSink sink) throws IOException;

    @Override
    void close();
}
