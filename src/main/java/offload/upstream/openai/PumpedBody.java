package offload.upstream.openai;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.LockSupport;
import offload.upstream.ChatEnd;
import org.jspecify.annotations.Nullable;

/**
 * One body in a {@link BodyPump}: the pump's thread steps, the turn's thread waits. Its monitor is held while a step runs,
 * so that a turn that is ended never goes on while something of it is still being written.
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

    /** Feeds what has come; whether this was the last step. For the pump's thread. */
    synchronized boolean step() {
        if (!done) {
            try {
                end = feed.step();
                done = end != null;
            } catch (IOException | RuntimeException | Error e) {
                // An error too is this turn's alone: the thread reads for all others.
                failure = e;
                done = true;
            }
            if (done) {
                LockSupport.unpark(turn);
            }
        }
        return done;
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
