package offload.sse;

import java.io.IOException;

/** Takes the events that a {@link SseDecoder} finds. */
@FunctionalInterface
public interface SseListener {

    /**
     * One event. The bytes are the decoder's again when this returns.
     *
     * @param type {@code message} unless the stream named one
     * @param buffer holds the data: valid UTF-8 without CR and LF; it may be empty
     * @return whether to go on; after {@code false} the decoder leaves the rest of its input alone
     * @throws IOException goes through {@link SseDecoder#feed} untouched
     */
    boolean event(String type, byte[] buffer, int offset, int length) throws IOException;
}
