package offload.turn;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/**
 * The caller's upstream key on its one way to the upstream. It owns the only copy that Offload makes and gives it away
 * once: {@link #take()} empties the holder. It never appears in {@code toString}, in a file or in a log.
 *
 * <p>Any thread may call it; whoever takes the bytes overwrites them after use.
 */
public final class UpstreamKey {
    /** Portkey is a gateway, whose name stands in each of its fields. */
    private static final Pattern SECRET = Pattern.compile(
            "auth|(?<!port)keys?(?![a-z])|token|secret|cookie|pass|credential", Pattern.CASE_INSENSITIVE);
    /** They hold no secret: the fields of any answer may say the same. */
    private static final Set<String> KNOWN = Set.of("accept", "accept-language", "user-agent");

    private static final int LONG = 16;

    private final List<KeyTrace> traces = new CopyOnWriteArrayList<>();
    private byte[] bytes;

    /** Whether {@code text} can be sent as a key: ASCII, without blanks. */
    public static boolean canBe(String text) {
        return text.chars().allMatch(c -> c > ' ' && c < 127);
    }

    /** Keeps a copy of {@code key}, which {@link #canBe} one; empty means that no key is sent. */
    public UpstreamKey(String key) {
        bytes = key.getBytes(StandardCharsets.ISO_8859_1);
        traces.add(new KeyTrace(bytes));
    }

    /**
     * Has echoes of a header that goes along hidden too. Where its name says that it holds a secret, also a short one, and of
     * a scheme and a token also the token; of others what is too long for a word, as errors may have any word in them.
     */
    public void alsoHide(String name, String value) {
        if (SECRET.matcher(name).find()) {
            hide(value);
            hide(value.substring(value.lastIndexOf(' ') + 1));
        } else if (value.length() >= LONG && !KNOWN.contains(name.toLowerCase(Locale.ROOT))) {
            hide(value);
        }
    }

    private void hide(String secret) {
        traces.add(new KeyTrace(secret.getBytes(StandardCharsets.ISO_8859_1)));
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
        byte[] latin = text.getBytes(StandardCharsets.ISO_8859_1);
        return traces.stream().anyMatch(trace -> trace.isIn(latin));
    }

    /** {@code text} with {@code ***} for each echo of this key, also when it is gone. */
    public byte[] hideIn(byte[] text) {
        byte[] hidden = text;
        for (KeyTrace trace : traces) {
            hidden = trace.hideIn(hidden);
        }
        return hidden;
    }

    /** The same for a {@code text} that breaks off: a part of this key at its end is hidden as well. */
    public byte[] hideInBroken(byte[] text) {
        byte[] hidden = hideIn(text);
        for (KeyTrace trace : traces) {
            hidden = trace.hideAtEndOf(hidden);
        }
        return hidden;
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
