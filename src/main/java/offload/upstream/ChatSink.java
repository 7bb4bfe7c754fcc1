package offload.upstream;

import java.io.IOException;

/**
 * Takes what an upstream sends, in order, from one thread at a time. What it throws ends the call and is thrown on by
 * {@link ChatUpstream#run}.
 */
public interface ChatSink {

    /** The response's status line and headers are here. Called at most once, before everything else. */
    void head(ResponseHead head) throws IOException;

    /**
     * The data of one server-sent event: never empty, never {@code [DONE]}, valid UTF-8 without line breaks (those of a
     * multi-line event came in as spaces: between JSON tokens they mean the same). The bytes are the caller's again
     * when this returns.
     *
     * @param type the event's type, {@code message} unless the upstream named one
     */
    void event(String type, byte[] buffer, int offset, int length) throws IOException;

    /** All events that had arrived together were given: the moment to put them on disk. */
    void append() throws IOException;

    /** Who reads along may have what was appended: in between, the same was done for other calls, or nothing. */
    void publish() throws IOException;

    /** Both at once, where there is nothing else to do in between. */
    default void flush() throws IOException {
        append();
        publish();
    }
}
