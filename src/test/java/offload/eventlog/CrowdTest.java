package offload.eventlog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import offload.disk.DeviceSync;
import offload.testing.Until;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many followers are served beside the turn, and miss nothing by it. */
class CrowdTest {
    @TempDir
    Path folder;

    private final CountDownLatch go = new CountDownLatch(1);
    private final AtomicInteger held = new AtomicInteger();
    private EventLog log;
    private RecordBatch batch;

    @BeforeEach
    void open() throws IOException {
        log = new EventLog(Files.createFile(folder.resolve("log")), new DeviceSync(folder));
        batch = new RecordBatch();
    }

    @AfterEach
    void close() throws IOException {
        go.countDown();
        log.breakOff();
        log.close();
    }

    /** Keeps what it is given; the first batch holds it up until the test goes on, if it was told so. */
    private final class Reader implements LogFollower {
        private final StringBuilder got = new StringBuilder();
        private final boolean slow;
        private long position = log.published();
        private int chunks;
        private boolean wrong;
        private volatile boolean released;

        Reader(boolean slow) {
            this.slow = slow;
        }

        Reader follow() {
            assertTrue(log.follow(this, position));
            return this;
        }

        @Override
        public long position() {
            return position;
        }

        @Override
        public boolean take(ByteBuffer chunk, int length, boolean last) {
            if (wrong) {
                throw new IllegalStateException("wrong");
            }
            if (slow) {
                held.incrementAndGet();
                uninterruptibly();
            }
            byte[] bytes = new byte[chunk.remaining()];
            chunk.get(bytes);
            String text = new String(bytes, StandardCharsets.UTF_8);
            got.append(text, text.indexOf("\r\n") + 2, text.lastIndexOf(last ? "\r\n0\r\n\r\n" : "\r\n"));
            position += length;
            chunks++;
            return true;
        }

        private void uninterruptibly() {
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void ended() {
            released = true;
        }
    }

    private List<Reader> crowd(boolean slow) {
        List<Reader> readers = new ArrayList<>();
        for (int i = 0; i < Crowd.SIZE; i++) {
            readers.add(new Reader(slow).follow());
        }
        return readers;
    }

    private void publish(String data) throws IOException {
        batch.begin(log.position());
        byte[] bytes = data.getBytes(StandardCharsets.UTF_8);
        batch.add(bytes, 0, bytes.length);
        log.append(batch);
        log.publish(batch);
    }

    private void finish(String data) throws IOException {
        RecordBatch last = new RecordBatch();
        last.begin(log.position());
        byte[] bytes = data.getBytes(StandardCharsets.UTF_8);
        last.add(bytes, 0, bytes.length);
        log.appendLast(last);
        log.end();
    }

    private String file() throws IOException {
        return Files.readString(log.file());
    }

    private static void assertServed(List<Reader> readers, long position) {
        Until.holds("all were served", () -> readers.stream().allMatch(reader -> reader.position == position));
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("crowd"))
                .collect(Collectors.toSet());
    }

    @Test
    void the_turn_does_not_wait_for_many_who_are_slow() throws Exception {
        List<Reader> readers = crowd(true);
        publish("one");
        Until.holds("the first is held up", () -> held.get() == 1);
        publish("two");
        publish("three");
        assertEquals(file().length(), log.published());
        go.countDown();
        assertServed(readers, log.published());
        for (Reader reader : readers) {
            assertEquals(file(), reader.got.toString());
            assertEquals(2, reader.chunks, "what came meanwhile is one chunk");
        }
    }

    @Test
    void who_begins_to_follow_while_others_are_late_gets_what_follows_and_only_that() throws Exception {
        List<Reader> readers = crowd(true);
        publish("one");
        Until.holds("the first is held up", () -> held.get() == 1);
        publish("two");
        CountDownLatch joined = new CountDownLatch(1);
        Reader late = new Reader(false);
        Thread.startVirtualThread(() -> {
            late.follow();
            joined.countDown();
        });
        go.countDown();
        joined.await();
        publish("three");
        assertServed(readers, log.published());
        assertServed(List.of(late), log.published());
        assertEquals(file(), readers.getFirst().got.toString());
        assertTrue(late.got.toString().contains("three") && !late.got.toString().contains("two"), late.got.toString());
    }

    @Test
    void who_has_a_part_of_what_waits_catches_up_by_himself() throws Exception {
        crowd(false);
        Reader half = new Reader(false).follow();
        half.position += 3;
        publish("one");
        Until.holds("it is let go", () -> half.released);
        assertEquals("", half.got.toString());
    }

    @Test
    void a_crowd_that_falls_far_behind_is_let_go() throws Exception {
        List<Reader> readers = crowd(true);
        publish("one");
        Until.holds("the first is held up", () -> held.get() == 1);
        for (int i = 0; i < 300; i++) {
            publish("x".repeat(1_000));
        }
        go.countDown();
        Until.holds("all are let go", () -> readers.stream().allMatch(reader -> reader.released));
        for (Reader reader : readers) {
            assertTrue(file().startsWith(reader.got.toString()));
        }
        Reader again = new Reader(false).follow();
        publish("last");
        assertServed(List.of(again), log.published());
    }

    @Test
    void the_end_comes_after_all_that_waits_and_ends_the_thread() throws Exception {
        // One of another log may be about to end.
        Set<Thread> others = threads();
        List<Reader> readers = crowd(true);
        publish("one");
        Until.holds("the first is held up", () -> held.get() == 1);
        Set<Thread> ours = threads();
        ours.removeAll(others);
        assertEquals(1, ours.size());
        publish("two");
        go.countDown();
        finish("end");
        for (Reader reader : readers) {
            assertEquals(file(), reader.got.toString());
            assertTrue(reader.released);
        }
        assertFalse(log.follow(new Reader(false), log.published()));
        Until.holds("the thread has ended", () -> ours.stream().noneMatch(Thread::isAlive));
    }

    @Test
    void a_fault_lets_all_go_and_not_the_thread() throws Exception {
        List<Reader> readers = crowd(false);
        readers.getFirst().wrong = true;
        publish("one");
        Until.holds("all are let go", () -> readers.stream().allMatch(reader -> reader.released));
        Reader again = new Reader(false).follow();
        publish("two");
        assertServed(List.of(again), log.published());
    }
}
