package offload.logs;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The name of a request in all logs: the client's own where it is sane, else one made here. Any thread. */
public final class RequestId {
    private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._:/+=@-]{1,128}");
    private static final ScopedValue<String> CURRENT = ScopedValue.newInstance();

    private RequestId() {}

    /** {@code given}, or a new one where that is null or could mean something else in a log or a header. */
    public static String of(@Nullable String given) {
        if (given != null && SANE.matcher(given).matches()) {
            return given;
        }
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return HexFormat.of().toHexDigits(random.nextLong()) + HexFormat.of().toHexDigits(random.nextLong());
    }

    /** Runs {@code work}; what the calling thread logs meanwhile has {@code id} on it. */
    public static void during(String id, Runnable work) {
        ScopedValue.where(CURRENT, id).run(work);
    }

    /** The request that the calling thread works for; null for none. */
    static @Nullable String current() {
        return CURRENT.isBound() ? CURRENT.get() : null;
    }
}
