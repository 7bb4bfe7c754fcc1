package offload.turn;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The caller's upstream key on its one way to the upstream. It owns the only copy that Offload makes and gives it away
 * once: {@link #take()} empties the holder. It never appears in {@code toString}, in a file or in a log.
 *
 * <p>Any thread may call it; whoever takes the bytes overwrites them after use.
 */
public final class UpstreamKey {
    private final KeyTrace trace;
    private byte[] bytes;

    /** Keeps a copy of {@code key} (printable ASCII, as HTTP field values are); empty means that no key is sent. */
    public UpstreamKey(String key) {
        bytes = key.getBytes(StandardCharsets.ISO_8859_1);
        trace = new KeyTrace(bytes);
    }

    /** A holder with no key, for upstreams that ask for none. */
    public static UpstreamKey none() {
        return new UpstreamKey("");
    }

    /** The key, once; every later call answers an empty array. The caller must overwrite it after use. */
    public synchronized byte[] take() {
        byte[] taken = bytes;
        bytes = new byte[0];
        return taken;
    }

    /** Whether {@code text} holds this key, also when it is gone. Used to keep echoes of it out of statuses. */
    public boolean isIn(String text) {
        return trace.isIn(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** {@code text} with {@code ***} for each echo of this key, also when it is gone. */
    public byte[] hideIn(byte[] text) {
        return trace.hideIn(text);
    }

    /** Overwrites the key, if it is still here. */
    public synchronized void wipe() {
        Arrays.fill(bytes, (byte) 0);
        bytes = new byte[0];
    }

    @Override
    public String toString() {
        return "UpstreamKey";
    }
}
