package offload.upstream.openai;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.LockSupport;
import offload.upstream.ChatEnd;
import org.jspecify.annotations.Nullable;

/**
 * One body in a {@link BodyPump}: the pump's thread reads, takes and publishes, the turn's thread waits. Its monitor is held
 * during each of the three, so that a turn that is ended never goes on while something of it is still being written.
 */
final class PumpedBody {
    private final BodyFeed feed;
    private final Thread turn = Thread.currentThread();
    private @Nullable ChatEnd end;
    private @Nullable Throwable failure;
    private boolean done;

    PumpedBody(BodyFeed feed) {
        this.feed = feed;
    }

    SocketChannel channel() {
        return feed.connection().channel();
    }

    private interface Step {
        @Nullable
        ChatEnd run(BodyFeed feed) throws IOException;
    }

    private static final Step READ = feed -> {
        feed.read();
        return null;
    };
    private static final Step TAKE = BodyFeed::take;
    private static final Step PUBLISH = feed -> {
        feed.publish();
        return null;
    };

    /** Reads what has come, into {@code room} where the connection takes it. For the pump's thread, as are the other two. */
    synchronized void read(ByteBuffer room) {
        feed.connection().offer(room);
        run(READ);
    }

    /** Has what was read appended. */
    synchronized void take() {
        run(TAKE);
    }

    /** Lets readers have what was appended; whether this was the last step. */
    synchronized boolean publish() {
        run(PUBLISH);
        if (!done && isOver()) {
            done = true;
            LockSupport.unpark(turn);
        }
        return done;
    }

    private boolean isOver() {
        return end != null || failure != null;
    }

    private void run(Step step) {
        if (!done && !isOver()) {
            try {
                end = step.run(feed);
            } catch (IOException | RuntimeException | Error e) {
                // An error too is this turn's alone: the thread reads for all others.
                failure = e;
            }
        }
    }

    /** Waits for the last step. For the turn's thread. */
    ChatEnd await() throws IOException {
        while (!isDone()) {
            LockSupport.park(this);
            if (Thread.interrupted()) {
                abort();
            }
        }
        return result();
    }

    private synchronized boolean isDone() {
        return done;
    }

    private synchronized void abort() {
        if (!done) {
            done = true;
            end = new ChatEnd.Aborted();
        }
    }

    private synchronized ChatEnd result() throws IOException {
        switch (failure) {
            case null -> {}
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            default -> throw new IllegalStateException(failure);
        }
        if (end == null) {
            throw new IllegalStateException("a body that is done has an end");
        }
        return end;
    }
}
