package offload.upstream;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The body of a call: JSON in UTF-8, which is let go of as soon as it is with the upstream. A long history is the most that a
 * turn has in memory, and it may wait for its answer for minutes. Any thread.
 */
public final class CallBody {
    private final AtomicReference<byte @Nullable []> json;
    private final int length;
    private final Runnable whenGone;

    /** {@code json} is not copied. {@code whenGone} runs once, when it is let go of. */
    public CallBody(byte[] json, Runnable whenGone) {
        this.json = new AtomicReference<>(json);
        this.length = json.length;
        this.whenGone = whenGone;
    }

    /** How many bytes it has, or had. */
    public int length() {
        return length;
    }

    /** What it has; nothing once it is let go of. */
    public byte[] bytes() {
        byte[] now = json.get();
        return now == null ? new byte[0] : now;
    }

    /** Lets go of it: it is sent, or will not be. */
    public void release() {
        if (json.getAndSet(null) != null) {
            whenGone.run();
        }
    }
}
