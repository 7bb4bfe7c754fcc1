package offload.upstream.openai;

import java.io.IOException;
import offload.upstream.ChatSink;
import offload.upstream.ResponseHead;

/** The caller's sink, told to append and to publish only what it was given since the last time. */
final class GivenSink implements ChatSink {
    private final ChatSink sink;
    private boolean given;
    private boolean appended;

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
    public void append() throws IOException {
        if (given) {
            given = false;
            sink.append();
            appended = true;
        }
    }

    @Override
    public void publish() throws IOException {
        if (appended) {
            appended = false;
            sink.publish();
        }
    }
}
