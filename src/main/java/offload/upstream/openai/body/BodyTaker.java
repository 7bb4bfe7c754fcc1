package offload.upstream.openai.body;

import java.io.IOException;
import offload.upstream.ChatEnd;

/** Takes the bytes of a response's body as they arrive. One thread. */
public interface BodyTaker extends AutoCloseable {

    /**
     * Takes the next bytes, which are the caller's again when this returns.
     *
     * @return false if nothing more is wanted: {@link #end} comes next
     * @throws EndOfCall if the call is over by what came
     * @throws IOException what the sink threw
     */
    boolean take(byte[] buffer, int from, int to) throws IOException;

    /**
     * What the body makes of the call. Called once, last.
     *
     * @param whole whether the body came to the end that its framing announced
     */
    ChatEnd end(boolean whole) throws IOException;

    @Override
    default void close() {}
}
