package offload.upstream.openai;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import offload.upstream.ChatEnd;
import offload.upstream.openai.connection.Connection;

/**
 * Reads the bodies of many answers with one thread: a virtual thread a connection costs a hand-over between threads for
 * each token, and a registration for the next; a selector costs neither. What is ready together is read, then taken, then
 * published: the same work for many, one after the other, finds its code and the kernel's in the processor's caches, and
 * a process that reads many of the streams is woken once. Everything before the body, and everything that follows it,
 * stays with the turn's own thread, which is parked meanwhile. Any thread may call {@link #run}.
 */
final class BodyPump implements BodyRunner, AutoCloseable {
    private static final Logger LOG = System.getLogger(BodyPump.class.getName());

    /** So many together that what they touch stays in the caches, and that the last of them does not wait for long. */
    private static final int TOGETHER = 64;

    /** Before the turns that begin and end: a token that waits for one of them is late for its reader. */
    private static final int URGENT = -5;

    private final Selector selector;
    private final List<SelectionKey> ready = new ArrayList<>(TOGETHER);
    /** What one after the other uses stays in the caches; a buffer of each body's own would not, among a thousand. */
    private final ByteBuffer[] rooms = new ByteBuffer[TOGETHER];

    private int roomsMade;

    private final Queue<PumpedBody> arriving = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private volatile boolean closed;

    BodyPump(String name) {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException("no selector could be opened", e);
        }
        thread = Thread.ofPlatform().name(name).daemon().start(this::loop);
    }

    /**
     * Feeds {@code feed} until the body ends, and answers how. Parks the calling thread; interrupting it closes the
     * connection at once. What the sink throws is thrown here.
     */
    @Override
    public ChatEnd run(BodyFeed feed) throws IOException {
        SocketChannel channel = feed.connection().channel();
        PumpedBody body = new PumpedBody(feed);
        try {
            channel.configureBlocking(false);
            arriving.add(body);
            selector.wakeup();
            return body.await();
        } finally {
            // A registered channel is really closed only when its selector has let go of it.
            feed.connection().close();
            selector.wakeup();
        }
    }

    private void loop() {
        boolean granted = NiceValue.ask(URGENT);
        LOG.log(Level.DEBUG, "nice value of {0}: {1}", URGENT, granted ? "granted" : "refused");
        while (!closed) {
            try {
                selector.select(this::isReady);
                step();
                for (PumpedBody body = arriving.poll(); body != null; body = arriving.poll()) {
                    register(body);
                }
            } catch (IOException | RuntimeException | Error e) {
                LOG.log(Level.ERROR, "reading upstream bodies failed: " + e);
            }
        }
    }

    private void register(PumpedBody body) {
        try {
            body.channel().register(selector, SelectionKey.OP_READ, body);
        } catch (IOException | RuntimeException e) {
            // Closed before it arrived: reading finds out how.
            body.read(room(0));
            body.take();
            body.publish();
            forget(1);
        }
    }

    private void isReady(SelectionKey key) {
        ready.add(key);
        if (ready.size() == TOGETHER) {
            step();
        }
    }

    private void step() {
        try {
            for (int i = 0; i < ready.size(); i++) {
                body(ready.get(i)).read(room(i));
            }
            ready.forEach(key -> body(key).take());
            ready.forEach(BodyPump::publish);
        } finally {
            forget(ready.size());
            ready.clear();
        }
    }

    /** Made when so many are first ready together: most servers never need them all, which are a megabyte. */
    private ByteBuffer room(int index) {
        if (index == roomsMade) {
            rooms[index] = ByteBuffer.allocate(Connection.FULL_BUFFER);
            // Counted once it is there: memory may be short.
            roomsMade++;
        }
        return rooms[index];
    }

    /** What was read may hold an echo of somebody's key, and the rooms outlive every turn. */
    private void forget(int count) {
        for (int i = 0; i < Math.min(count, roomsMade); i++) {
            Arrays.fill(rooms[i].array(), 0, rooms[i].position(), (byte) 0);
        }
    }

    private static void publish(SelectionKey key) {
        if (body(key).publish()) {
            key.cancel();
        }
    }

    private static PumpedBody body(SelectionKey key) {
        return (PumpedBody) key.attachment();
    }

    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join(1_000);
            selector.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "closing a selector: " + e);
        }
    }
}
