package offload.http;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import offload.turn.ApiError;

/**
 * Tells the operator of what there is too little where requests are refused for want of room: once a minute for each such
 * sentence, since they come by the thousand. Any thread.
 */
final class CapacityLog {
    private static final Logger LOG = System.getLogger(CapacityLog.class.getName());
    private static final long AGAIN_NANOS = 60_000_000_000L;

    private final Map<String, Long> told = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;

    CapacityLog(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Something was refused with {@code error}; {@code why} is one of few sentences, and holds nothing of the request. */
    void refused(ApiError error, String why) {
        if (error != ApiError.TOO_MANY_TURNS && error != ApiError.TOO_MANY_CONNECTIONS) {
            return;
        }
        long now = nanoTime.getAsLong();
        Long before = told.get(why);
        boolean due = before == null
                ? told.putIfAbsent(why, now) == null
                : now - before >= AGAIN_NANOS && told.replace(why, before, now);
        if (due) {
            LOG.log(Level.WARNING, "refused as " + error.code() + ", which is told once a minute: " + why);
        }
    }
}
