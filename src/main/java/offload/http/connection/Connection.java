package offload.http.connection;

import io.helidon.common.buffers.DataReader;
import java.net.InetAddress;
import java.nio.channels.SocketChannel;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * One accepted connection: its channel, what it is doing, and since when. The thread that serves it says so; the sweep of
 * {@link ConnectionGuard} reads it and closes the channel from outside when it takes too long, so that no read and no
 * write needs a time limit of its own. Times are {@link System#nanoTime()}.
 */
public final class Connection {
    /** What is waited for. */
    enum Phase {
        /** The head of a request, from the acceptance of the connection or from the request line on. */
        HEAD,
        /** The server itself, or the client's taking of the answer. */
        ANSWER,
        /** The body of a request. */
        BODY,
        /** The request line of a further request. */
        IDLE,
        /** The client's end of the connection, after the last answer. */
        LINGER
    }

    private final SocketChannel channel;
    private final InetAddress peer;
    private volatile Phase phase = Phase.HEAD;
    private volatile long sinceNanos = System.nanoTime();
    private volatile long bodyBytes;
    private volatile boolean writing;
    private volatile @Nullable DataReader reader;
    private volatile boolean chunks = true;
    private volatile boolean refused;
    private boolean awaitsLine = true;
    private boolean headAlone;
    private long passed;
    private long headMemory;

    /** With {@code peer} at the other end of {@code channel}: a head is to come. */
    public Connection(SocketChannel channel, InetAddress peer) {
        this.channel = channel;
        this.peer = peer;
    }

    /** Its channel. Whoever changes that to non-blocking mode changes it back. */
    public SocketChannel channel() {
        return channel;
    }

    InetAddress peer() {
        return peer;
    }

    Phase phase() {
        return phase;
    }

    /** Whether a request is with who answers it: what is written now is the answer. */
    public boolean isServed() {
        Phase now = phase;
        return now == Phase.ANSWER || now == Phase.BODY;
    }

    /** Whether bytes of an answer are on their way to the socket. */
    boolean isWriting() {
        return writing;
    }

    /**
     * Whether the phase, the write under way or the next part of the body has lasted longer by {@code now} than is {@code
     * allowed}, in nanoseconds. What is allowed is asked first, as what it depends on changes after the time: asked last,
     * the long time of what is over would be measured by what has only begun.
     */
    boolean isLate(long now, ToLongFunction<Connection> allowed) {
        long most = allowed.applyAsLong(this);
        return now - sinceNanos > most;
    }

    /** How many bytes of the body have come. */
    long bodyBytes() {
        return bodyBytes;
    }

    /** The web server's end of what the client sends; null before the first request line. For the serving thread. */
    @Nullable
    public DataReader reader() {
        return reader;
    }

    /** Whether what comes next is a request line. For the serving thread. */
    public boolean awaitsLine() {
        return awaitsLine;
    }

    /** A request line was taken, which asks for the head of its answer alone, or not. For the serving thread. */
    public void line(boolean forHead) {
        awaitsLine = false;
        headAlone = forHead;
    }

    /** Whether the last request line asks for the head of its answer alone. For the serving thread. */
    public boolean wantsHeadAlone() {
        return headAlone;
    }

    /** A request line has come: the header fields are due, and then {@code rest}. */
    public void head(DataReader rest) {
        reader = rest;
        // The first request's time runs from the acceptance on.
        if (phase != Phase.HEAD) {
            enter(Phase.HEAD);
        }
    }

    /** The head is whole, and takes {@code bytes} of the memory that all heads share. For the serving thread. */
    public void headTakes(long bytes) {
        headMemory = bytes;
    }

    /** How many bytes of memory the head takes that came last. For the serving thread. */
    public long headMemory() {
        return headMemory;
    }

    /** The client speaks HTTP/1.0, which has no chunks. */
    public void withoutChunks() {
        chunks = false;
    }

    /** Whether the client knows chunks, as one of HTTP/1.1 does. */
    public boolean knowsChunks() {
        return chunks;
    }

    /** A request is being answered. */
    public void answer() {
        passed = 0;
        writing = false;
        enter(Phase.ANSWER);
    }

    /** The body of the request is being read. */
    public void body() {
        bodyBytes = 0;
        enter(Phase.BODY);
    }

    /** More of the body has come. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // Only the connection's own thread adds; the sweeper reads.
    public void took(int bytes) {
        bodyBytes += bytes;
    }

    /** Bytes are about to be written; each call is progress. */
    public void write() {
        sinceNanos = System.nanoTime();
        writing = true;
    }

    /** So many bytes of the answer went to the channel past the web server, which does not know of them. For its thread. */
    public void passed(long bytes) {
        passed += bytes;
    }

    /** How many of the answer have so far. For the serving thread. */
    public long passed() {
        return passed;
    }

    /** What was written has left the server, as far as it knows; what comes next may take its time. */
    public void wrote() {
        writing = false;
    }

    /** The answer is sent and the connection stays. */
    public void idle() {
        awaitsLine = true;
        enter(Phase.IDLE);
    }

    /** The last answer is sent. */
    public void linger() {
        enter(Phase.LINGER);
    }

    /** It was told that it is one too many, before anything was read of it. */
    void refuse() {
        refused = true;
        linger();
    }

    /** Whether {@link #refuse} was called: what its client sends is nobody's. */
    public boolean isRefused() {
        return refused;
    }

    /** The time first: a sweep that comes in between sees the old phase with too little time, never too much. */
    private void enter(Phase next) {
        sinceNanos = System.nanoTime();
        phase = next;
    }
}
