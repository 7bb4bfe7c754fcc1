package offload.upstream.openai.connection;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * Bytes to and from one peer. It waits without time limit; interrupting the waiting thread closes it at once with a
 * {@link java.nio.channels.ClosedByInterruptException}, as does {@link #close()} from any thread. Otherwise one thread at a time.
 */
public interface Connection extends Closeable {

    /** The room that a whole read fills at most. */
    int FULL_BUFFER = 16 * 1024;

    /** Sends all of {@code head} and {@code body}, together as far as it fits. */
    void write(ByteBuffer head, ByteBuffer body) throws IOException;

    /**
     * Waits for bytes, puts them at the start of {@link #buffer()} and returns how many; 0 where what came is no whole record, -1
     * at the end.
     */
    int read() throws IOException;

    /** Offers {@code room} to the next {@link #read()}, in place of room of its own; what was read before is not needed any more. */
    default void offer(ByteBuffer room) {}

    /** Where the last {@link #read()} put its bytes. */
    byte[] buffer();

    /** Whether the next {@link #read()} returns without waiting, as more bytes came together with the last ones. */
    boolean hasMore();

    /** Whether any byte of what {@link #write} was given has left. */
    boolean hasSent();

    /** Whether the peer is still there and has said nothing, as far as can be told without waiting. Before the first write. */
    boolean isFresh();

    /** What it goes over. In non-blocking mode {@link #read()} returns 0 where nothing has come. */
    SocketChannel channel();

    /** Closes the socket; never waits, never fails. */
    @Override
    void close();
}
