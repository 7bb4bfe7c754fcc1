package offload.http.head;

import io.helidon.common.buffers.DataReader;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that the heads of requests take. Taken apart, a head of many short fields takes some twenty times what it has
 * bytes, and whoever never ends it would hold that for as long as it may last; so it is waited for as bytes, its fields are
 * counted, and the large ones may hold a part of the heap together. Small ones need none. Any thread.
 */
public final class HeadMemory {
    /** The most pieces: each time that one comes, all are gone through. */
    private static final int MOST_PIECES = 2048;

    /** What a field takes beside its bytes, and a piece. */
    private static final int FIELD = 256;

    private static final int PIECE = 64;
    /** What takes less counts as a part of its connection. */
    private static final int SMALL = 8 * 1024;
    /** What part of the heap the others may hold: they come from anybody. */
    private static final int SHARE = 16;

    private final AtomicLong held = new AtomicLong();
    private final long most;

    /** With a sixteenth of this process's heap. */
    public HeadMemory() {
        this(Runtime.getRuntime().maxMemory() / SHARE);
    }

    /** With {@code most} bytes for all. */
    HeadMemory(long most) {
        this.most = most;
    }

    /**
     * Waits for the head whose first line was taken from {@code in}; how much memory it takes, to be held while its request is
     * answered.
     *
     * @throws RequestException with 431 if it has too many fields, and with 503 if there is no memory for it now
     */
    long await(DataReader in) {
        HeadScan scan = new HeadScan(in);
        long mine = 0;
        try {
            for (boolean goesOn = scan.goesOn(); ; goesOn = scan.goesOn()) {
                long more = needed(scan) - mine;
                mine += more;
                if (more > 0 && held.addAndGet(more) > most) {
                    throw busy();
                }
                if (!goesOn) {
                    return mine;
                }
                in.pullData();
            }
        } catch (DataReader.InsufficientDataAvailableException e) {
            // The client has left: the web server meets the same end.
            return 0;
        } finally {
            release(mine);
        }
    }

    private static long needed(HeadScan scan) {
        if (scan.fields() > HeadLimits.FIELDS) {
            throw malformed(Refusals.TOO_MANY_FIELDS);
        }
        if (scan.pieces() > MOST_PIECES) {
            throw malformed("The head came in crumbs");
        }
        long needed = scan.bytes() + (long) FIELD * scan.fields() + (long) PIECE * scan.pieces();
        return needed > SMALL ? needed : 0;
    }

    private static RequestException malformed(String message) {
        return RequestException.builder()
                .type(DirectHandler.EventType.BAD_REQUEST)
                .message(message)
                .build();
    }

    private static RequestException busy() {
        return RequestException.builder()
                .type(DirectHandler.EventType.OTHER)
                .status(Status.SERVICE_UNAVAILABLE_503)
                .header(HeaderValues.create(HeaderNames.RETRY_AFTER, "5"))
                .message("There is no memory for this head")
                .build();
    }

    /** Holds {@code bytes} until the request is answered, or has become a stream, which keeps nothing of its head. */
    void hold(long bytes) {
        if (bytes != 0) {
            held.addAndGet(bytes);
        }
    }

    /** Gives them back. */
    void release(long bytes) {
        hold(-bytes);
    }
}
