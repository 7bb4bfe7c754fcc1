package offload.upstream.openai.connection;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * A connection with TLS. An {@link SSLEngine} over the channel rather than an SSLSocket: the channel closes at once when its
 * thread is interrupted, closing waits for no lock and no alert, and what is sent is encrypted inside the one buffer that
 * goes to the socket, so that no clear text stays behind.
 */
final class TlsConnection implements Connection {
    private static final int FIRST_BUFFER = 4 * 1024;
    private static final int MOST_TICKETS = 16 * 1024;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SocketChannel channel;
    private final SSLEngine engine;
    private ByteBuffer received = ByteBuffer.allocate(FIRST_BUFFER).limit(0);
    private ByteBuffer clear = ByteBuffer.allocate(FIRST_BUFFER);
    private boolean more;
    private @Nullable IOException failure;
    private boolean sent;

    /** Over a connected channel; {@link #handshake()} comes first. */
    TlsConnection(SocketChannel channel, SSLEngine engine) {
        this.channel = channel;
        this.engine = engine;
    }

    /** Checks the peer and agrees on keys. */
    void handshake() throws IOException {
        try {
            engine.beginHandshake();
            while (shakeOnce(engine.getHandshakeStatus())) {
                // Until nothing is left to do.
            }
        } catch (SSLException e) {
            sayWhy();
            throw e;
        }
    }

    private boolean shakeOnce(HandshakeStatus status) throws IOException {
        switch (status) {
            case NEED_TASK -> runTasks();
            case NEED_WRAP -> send(NOTHING, NOTHING);
            case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> shakeByPeer();
            default -> {
                return false;
            }
        }
        return true;
    }

    private void shakeByPeer() throws IOException {
        switch (engine.unwrap(received, clear).getStatus()) {
            case BUFFER_UNDERFLOW -> {
                if (fill() < 0) {
                    throw new EOFException("the connection was closed during the TLS handshake");
                }
            }
            case BUFFER_OVERFLOW -> growClear();
            case CLOSED -> throw new EOFException("the connection was closed during the TLS handshake");
            case OK -> {}
        }
    }

    /** The alert that tells the peer what was wrong with it; it may well be gone. */
    private void sayWhy() {
        try {
            while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
                send(NOTHING, NOTHING);
            }
        } catch (IOException e) {
            // The first failure is the one to tell.
        }
    }

    private void runTasks() {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    @Override
    public void write(ByteBuffer head, ByteBuffer body) throws IOException {
        while (head.hasRemaining() || body.hasRemaining()) {
            send(head, body);
            sent = true;
        }
    }

    private void send(ByteBuffer head, ByteBuffer body) throws IOException {
        ByteBuffer record = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        SSLEngineResult result = engine.wrap(new ByteBuffer[] {head, body}, record);
        record.flip();
        while (record.hasRemaining()) {
            if (channel.write(record) == 0) {
                // Non-blocking: it asks and takes no answer, and whoever waits for it here reads for all.
                throw new IOException("the peer takes nothing");
            }
        }
        if (result.getStatus() == SSLEngineResult.Status.CLOSED && (head.hasRemaining() || body.hasRemaining())) {
            throw new EOFException("the peer has closed the TLS connection");
        }
    }

    @Override
    public int read() throws IOException {
        clear.clear();
        boolean promised = more;
        more = false;
        if (failure != null) {
            throw failure;
        }
        try {
            return unwrapped(promised);
        } catch (IOException e) {
            if (clear.position() == 0) {
                throw e;
            }
            // An alert, a broken record or a lost peer takes nothing from the whole records before it: the next read
            // tells.
            failure = e;
            more = true;
            return clear.position();
        }
    }

    /** Reads the socket once at most: who sends records without data may not keep a thread that reads for all. */
    private int unwrapped(boolean promised) throws IOException {
        boolean filled = promised;
        while (true) {
            SSLEngineResult result = engine.unwrap(received, clear);
            switch (result.getStatus()) {
                case OK -> answerPeer(result.getHandshakeStatus());
                case CLOSED -> {
                    // Told by the next read: the socket may say nothing more, as the peer need not close it at once.
                    more = clear.position() > 0;
                    return more ? clear.position() : -1;
                }
                case BUFFER_OVERFLOW -> {
                    if (clear.position() > 0) {
                        more = true;
                        return clear.position();
                    }
                    growClear();
                }
                case BUFFER_UNDERFLOW -> {
                    int length = filled || clear.position() > 0 ? 0 : fill();
                    if (length <= 0) {
                        return clear.position() > 0 ? clear.position() : length;
                    }
                    filled = true;
                }
            }
        }
    }

    /** New session tickets, key updates and, in TLS 1.2, renegotiation come between the data. */
    private void answerPeer(HandshakeStatus status) throws IOException {
        if (status == HandshakeStatus.NEED_TASK) {
            runTasks();
        }
        while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
            send(NOTHING, NOTHING);
        }
    }

    private int fill() throws IOException {
        received.compact();
        if (!received.hasRemaining()) {
            received = grown(received, engine.getSession().getPacketBufferSize());
        }
        try {
            return channel.read(received);
        } finally {
            received.flip();
        }
    }

    private void growClear() {
        clear = grown(clear, engine.getSession().getApplicationBufferSize());
    }

    private static ByteBuffer grown(ByteBuffer full, int size) {
        return ByteBuffer.allocate(Math.max(size, full.capacity() * 2)).put(full.flip());
    }

    @Override
    public byte[] buffer() {
        return clear.array();
    }

    @Override
    public boolean hasMore() {
        return more;
    }

    @Override
    public boolean hasSent() {
        return sent;
    }

    /** After the handshake a server may send session tickets; data, an alert or the end mean that it wants no request. */
    @Override
    public boolean isFresh() {
        try {
            channel.configureBlocking(false);
            int length = fill();
            // Behind the tickets there may be the end, which some peers say without an alert.
            while (length > 0 && received.remaining() < MOST_TICKETS) {
                length = fill();
            }
            channel.configureBlocking(true);
            clear.clear();
            return length == 0 && onlyTickets() && clear.position() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private boolean onlyTickets() throws IOException {
        while (received.hasRemaining()) {
            SSLEngineResult result = engine.unwrap(received, clear);
            if (result.getStatus() != SSLEngineResult.Status.OK) {
                return result.getStatus() == SSLEngineResult.Status.BUFFER_UNDERFLOW;
            }
            answerPeer(result.getHandshakeStatus());
        }
        return true;
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
