package offload.eventlog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;
import offload.testing.Until;
import org.junit.jupiter.api.Test;

/** Readers who are not written to by the turn itself: they are woken, and read the file. */
class LiveTailTest extends OfWrittenLog {

    @Test
    void who_waits_is_woken_by_each_batch_and_by_the_end_also_after_another_has_left() throws Exception {
        assertWoken(EventLog::end);
    }

    @Test
    void who_waits_is_woken_by_each_batch_and_by_a_break_also_after_another_has_left() throws Exception {
        assertWoken(EventLog::breakOff);
    }

    private void assertWoken(Consumer<EventLog> end) throws Exception {
        List<Waiting> all = Stream.generate(Waiting::new).limit(3).toList();
        all.forEach(Waiting::begin);
        all.getFirst().leave();
        List<Waiting> others = all.subList(1, 3);
        for (String data : new String[] {"one", "two"}) {
            written.publish(data);
            Until.holds("they see " + data, () -> others.stream().allMatch(one -> one.seen.get() == log.published()));
        }
        others.forEach(Waiting::awaitRest);
        end.accept(log);
        Until.holds("they have seen the end", () -> others.stream().noneMatch(one -> one.thread.isAlive()));
    }

    /** Else a reader has [DONE] while the status still says that the turn runs. */
    @Test
    void nothing_is_read_that_is_not_published() throws Exception {
        written.publish("one");
        long published = log.published();
        written.append("[DONE]");
        try (LiveTail tail = new LiveTail(log)) {
            byte[] into = new byte[100];
            assertEquals(published, tail.read(0, into, into.length));
            ByteArrayOutputStream target = new ByteArrayOutputStream();
            assertEquals(published, tail.transfer(0, into.length, Channels.newChannel(target)));
            assertEquals(published, tail.goodCursor(log.position()));
        }
    }

    private final class Waiting {
        private final AtomicLong seen = new AtomicLong(-1);
        private final Thread thread = Thread.ofPlatform().unstarted(this::read);
        private volatile boolean leaving;

        void begin() {
            thread.start();
            awaitRest();
        }

        void awaitRest() {
            Until.holds("it waits", () -> thread.getState() == Thread.State.WAITING);
        }

        void leave() throws InterruptedException {
            leaving = true;
            LockSupport.unpark(thread);
            thread.join();
        }

        private void read() {
            try (LiveTail tail = new LiveTail(log)) {
                while (!leaving && !tail.hasEnded()) {
                    seen.set(tail.available());
                    tail.await();
                }
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
