package offload.upstream.openai.connection;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** A connection whose peer is gone, which shows only when it is written to. */
public final class StubConnection implements Connection {
    private final boolean takesSome;
    private volatile boolean closed;

    /** Whether a part of what is written leaves before the writing fails. */
    public StubConnection(boolean takesSome) {
        this.takesSome = takesSome;
    }

    /** Whether it was closed. */
    public boolean closed() {
        return closed;
    }

    @Override
    public void write(ByteBuffer head, ByteBuffer body) throws IOException {
        head.position(head.limit());
        throw new IOException("Broken pipe");
    }

    @Override
    public int read() {
        return -1;
    }

    @Override
    public byte[] buffer() {
        return new byte[0];
    }

    @Override
    public boolean hasMore() {
        return false;
    }

    @Override
    public boolean hasSent() {
        return takesSome;
    }

    @Override
    public boolean isFresh() {
        return true;
    }

    @Override
    public SocketChannel channel() {
        throw new UnsupportedOperationException("this peer has no socket");
    }

    @Override
    public void close() {
        closed = true;
    }
}
