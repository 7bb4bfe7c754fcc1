package offload.upstream.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import offload.testing.Until;
import offload.upstream.ChatEnd;
import offload.upstream.ChatSink;
import offload.upstream.ResponseHead;
import offload.upstream.openai.body.AnswerBody;
import offload.upstream.openai.body.Framing;
import offload.upstream.openai.connection.PlainChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is ready together is appended for all before any of it is published. */
class BodyStepsTest {
    /** Bytes sent to two sockets may be seen apart: then it is tried again. */
    private static final int TRIES = 200;

    private static final String EVENTS = "text/event-stream";
    private static final ResponseHead HEAD = new ResponseHead(200, "HTTP/1.1", Map.of("content-type", EVENTS));

    private final BodyPump pump = new BodyPump("steps");
    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
    private final List<Body> bodies = new ArrayList<>();
    private ServerSocketChannel listener;

    @BeforeEach
    void listen() throws IOException {
        listener = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @AfterEach
    void end() throws Exception {
        for (Body body : bodies) {
            body.peer.close();
            body.end.get();
        }
        pump.close();
        listener.close();
    }

    /** What a sink does when it is told to append. */
    private interface Append {
        void run() throws Exception;
    }

    private final class Body implements ChatSink {
        private final String name;
        private final Append append;
        private final SocketChannel peer;
        private final Thread thread;
        private final FutureTask<ChatEnd> end;

        Body(String name, Append append) throws Exception {
            this.name = name;
            this.append = append;
            SocketChannel own = SocketChannel.open(listener.getLocalAddress());
            peer = listener.accept();
            GivenSink sink = new GivenSink(this);
            BodyFeed feed = new BodyFeed(PlainChannel.over(own), Framing.of(HEAD), new AnswerBody(EVENTS, sink), sink);
            end = new FutureTask<>(() -> pump.run(feed));
            thread = Thread.startVirtualThread(end);
            bodies.add(this);
        }

        void send() throws IOException {
            peer.write(ByteBuffer.wrap("data: {}\n\n".getBytes(StandardCharsets.US_ASCII)));
        }

        @Override
        public void head(ResponseHead head) {}

        @Override
        public void event(String type, byte[] buffer, int offset, int length) {}

        @Override
        public void append() throws IOException {
            seen.add(name + " appended");
            try {
                append.run();
            } catch (Exception e) {
                throw new IOException(e);
            }
        }

        @Override
        public void publish() {
            seen.add(name + " published");
        }
    }

    /** Both are ready when the pump looks next: until then it waits in the third one's append. */
    private void sendTogether(Body one, Body other) throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Body gate = new Body("gate", () -> {
            inside.countDown();
            go.await();
        });
        gate.send();
        inside.await();
        one.send();
        other.send();
        go.countDown();
    }

    private void awaitSeen(String what) {
        Until.holds(what, () -> seen.contains(what));
    }

    private Body known(String name, Append append) throws Exception {
        Body body = new Body(name, append);
        body.send();
        awaitSeen(name + " published");
        return body;
    }

    @Test
    void all_that_is_ready_is_appended_before_any_of_it_is_published() throws Exception {
        Body one = known("one", () -> {});
        Body other = known("other", () -> {});
        boolean together = false;
        for (int i = 0; i < TRIES && !together; i++) {
            seen.clear();
            sendTogether(one, other);
            awaitSeen("one published");
            awaitSeen("other published");
            assertTrue(seen.indexOf("one appended") < seen.indexOf("one published"));
            assertTrue(seen.indexOf("other appended") < seen.indexOf("other published"));
            together = Math.max(seen.indexOf("one appended"), seen.indexOf("other appended"))
                    < Math.min(seen.indexOf("one published"), seen.indexOf("other published"));
        }
        assertTrue(together);
    }

    /** Whichever is appended second ends the first, never itself: the pump would wait for a turn that waits for the pump. */
    private void endInBetween(List<Body> pair, int at) throws Exception {
        Body first = at < pair.size() ? pair.get(at) : null;
        if (first != null && seen.contains(first.name + " appended") && !seen.contains(first.name + " published")) {
            first.thread.interrupt();
            assertInstanceOf(ChatEnd.Aborted.class, first.end.get());
            seen.add("ended");
        }
    }

    @Test
    void a_turn_that_is_ended_in_between_publishes_nothing_behind_its_threads_back() throws Exception {
        boolean between = false;
        for (int i = 0; i < TRIES && !between; i++) {
            seen.clear();
            List<Body> pair = new ArrayList<>();
            pair.add(known("one", () -> endInBetween(pair, 1)));
            pair.add(known("other", () -> endInBetween(pair, 0)));
            seen.clear();
            sendTogether(pair.get(0), pair.get(1));
            Until.holds("both", () -> seen.contains("one appended") && seen.contains("other appended"));
            // All that is to come has come: nothing of this try is taken for the next one's.
            Until.holds(
                    "one or both",
                    () -> seen.contains("one published") && seen.contains("other published")
                            || seen.contains("ended")
                                    && (seen.contains("one published") || seen.contains("other published")));
            between = seen.contains("ended");
            if (between) {
                assertFalse(seen.contains("one published") && seen.contains("other published"), seen.toString());
                assertEquals(1, seen.stream().filter("ended"::equals).count());
            }
        }
        assertTrue(between);
    }
}
