package offload.upstream.openai.connection;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** A connection without TLS. Its own buffer is for the head of an answer, and small: for the body it is given another one. */
final class PlainConnection implements Connection {
    private static final int FIRST_BUFFER = 4 * 1024;

    private final SocketChannel channel;
    private ByteBuffer in = ByteBuffer.allocate(FIRST_BUFFER);
    private boolean sent;

    PlainConnection(SocketChannel channel) {
        this.channel = channel;
    }

    @Override
    public void write(ByteBuffer head, ByteBuffer body) throws IOException {
        ByteBuffer[] all = {head, body};
        while (head.hasRemaining() || body.hasRemaining()) {
            channel.write(all);
            sent = true;
        }
    }

    @Override
    public int read() throws IOException {
        if (!in.hasRemaining() && in.capacity() < FULL_BUFFER) {
            in = ByteBuffer.allocate(FULL_BUFFER);
        }
        in.clear();
        return channel.read(in);
    }

    @Override
    public void offer(ByteBuffer room) {
        in = room;
    }

    @Override
    public byte[] buffer() {
        return in.array();
    }

    @Override
    public boolean hasMore() {
        return false;
    }

    @Override
    public boolean hasSent() {
        return sent;
    }

    /** It is never kept in reserve: opening one costs too little. */
    @Override
    public boolean isFresh() {
        return !sent;
    }

    @Override
    public SocketChannel channel() {
        return channel;
    }

    @Override
    public void close() {
        Sockets.close(channel);
    }
}
