package offload.upstream.openai;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import offload.sweep.Sweeper;
import offload.testing.Script;
import offload.testing.ScriptedUpstream;
import offload.upstream.ChatEnd;
import offload.upstream.ChatSink;
import offload.upstream.ResponseHead;
import org.junit.jupiter.api.Test;

/** One thread reads all bodies: nothing that one of them does may end it. */
class BodyPumpTest {
    /** Fails as code does whose class is missing, as soon as an event comes. */
    private record Broken(CountDownLatch headCame) implements ChatSink {
        @Override
        public void head(ResponseHead head) {
            headCame.countDown();
        }

        @Override
        public void event(String type, byte[] buffer, int offset, int length) {
            throw new LinkageError("a class is missing");
        }

        @Override
        public void append() {}

        @Override
        public void publish() {}
    }

    @Test
    void an_error_over_one_body_is_told_to_its_turn_and_the_others_go_on() throws Exception {
        CountDownLatch headCame = new CountDownLatch(1);
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                Caller caller = new Caller()) {
            upstream.then(c -> {
                c.request();
                c.chunkedEventStreamHead();
                // Only what comes after the head is read by the common thread for certain.
                c.await(headCame);
                c.chunk("data: {}\n\n");
                c.awaitClientClose();
            });
            upstream.then(Script.events("{}"));
            assertThrows(
                    ExecutionException.class,
                    () -> caller.run(Caller.call(upstream.base(), true), new Broken(headCame)));
            assertInstanceOf(ChatEnd.Done.class, caller.run(upstream.base(), new RecordingSink()));
        }
    }

    /** Waits over its first event until it is let go. */
    private record Slow(CountDownLatch headCame, CountDownLatch go) implements ChatSink {
        @Override
        public void head(ResponseHead head) {
            headCame.countDown();
        }

        @Override
        public void event(String type, byte[] buffer, int offset, int length) throws IOException {
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new InterruptedIOException();
            }
        }

        @Override
        public void append() {}

        @Override
        public void publish() {}
    }

    @Test
    void where_bodies_are_read_apart_nobody_waits_for_another_ones_events() throws Exception {
        CountDownLatch headCame = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                Sweeper sweeper = new Sweeper();
                OpenAiUpstream client = new OpenAiUpstream(new OpenAiSettings(null, 0), sweeper);
                Caller caller = new Caller(client)) {
            client.readApart();
            upstream.then(c -> {
                c.request();
                c.chunkedEventStreamHead();
                c.await(headCame);
                c.chunk("data: {}\n\n").chunk("data: [DONE]\n\n").lastChunk();
            });
            upstream.then(Script.events("{}"));
            FutureTask<ChatEnd> slow =
                    new FutureTask<>(() -> caller.run(Caller.call(upstream.base(), true), new Slow(headCame, go)));
            Thread.startVirtualThread(slow);
            headCame.await();
            assertInstanceOf(ChatEnd.Done.class, caller.run(upstream.base(), new RecordingSink()));
            go.countDown();
            assertInstanceOf(ChatEnd.Done.class, slow.get());
        }
    }
}
