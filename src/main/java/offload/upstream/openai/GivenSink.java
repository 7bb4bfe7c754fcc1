package offload.upstream.openai;

import java.io.IOException;
import offload.upstream.ChatSink;
import offload.upstream.ResponseHead;

/** The caller's sink, flushed only when it was given something since the last time. */
final class GivenSink implements ChatSink {
    private final ChatSink sink;
    private boolean given;

    GivenSink(ChatSink sink) {
        this.sink = sink;
    }

    @Override
    public void head(ResponseHead head) throws IOException {
        sink.head(head);
    }

    @Override
    public void event(String type, byte[] buffer, int offset, int length) throws IOException {
        given = true;
        sink.event(type, buffer, offset, length);
    }

    @Override
    public void flush() throws IOException {
        if (given) {
            given = false;
            sink.flush();
        }
    }
}
