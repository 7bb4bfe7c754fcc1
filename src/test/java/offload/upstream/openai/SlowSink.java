package offload.upstream.openai;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import offload.upstream.ChatSink;
import offload.upstream.ResponseHead;

/**
 * Says that it has the head, and takes nothing more before {@code go}: what the upstream sends meanwhile arrives together.
 *
 * @param reading counted down when the head is there
 * @param go awaited then
 * @param sink gets everything
 */
record SlowSink(CountDownLatch reading, CountDownLatch go, RecordingSink sink) implements ChatSink {
    @Override
    public void head(ResponseHead head) throws IOException {
        sink.head(head);
        reading.countDown();
        try {
            go.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void event(String type, byte[] buffer, int offset, int length) {
        sink.event(type, buffer, offset, length);
    }

    @Override
    public void append() {
        sink.append();
    }

    @Override
    public void publish() {
        sink.publish();
    }
}
