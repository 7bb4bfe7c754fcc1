package offload.eventlog;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;

/**
 * A reader's view of a log that may still grow: everything is read from the file, and only whole records are. For one
 * thread, which is the one that {@link #await} parks.
 */
public interface EventTail extends Closeable {

    /** Whether nothing follows what is {@link #available}. Ask before that, to miss nothing. */
    boolean hasEnded() throws IOException;

    /** Whether this process can no longer tell what follows: the reader must come back. */
    boolean isBrokenOff();

    /** The offset up to which may be read. */
    long available() throws IOException;

    /** Reads up to {@code most} bytes at {@code offset}, never past {@link #available}. */
    int read(long offset, byte[] into, int most) throws IOException;

    /** Sends up to {@code most} bytes at {@code offset} to {@code target}, never past {@link #available}; how many. */
    long transfer(long offset, long most, WritableByteChannel target) throws IOException;

    /** The greatest good cursor at or below {@code offset}. */
    long goodCursor(long offset) throws IOException;

    /** Parks until there may be more, or until somebody unparks the thread for another reason. */
    void await() throws IOException;

    @Override
    void close() throws IOException;
}
