package offload.logs;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** One line for each request, where the operator wants that. Any thread. */
public final class AccessLog {
    private static final Logger LOG = Logger.getLogger("offload.access");
    private static volatile boolean on;

    private AccessLog() {}

    static void turn(boolean isOn) {
        on = isOn;
        // Whatever the level of the server's log is.
        LOG.setLevel(isOn ? Level.INFO : Level.OFF);
    }

    /** Whether lines are wanted. */
    public static boolean isOn() {
        return on;
    }

    /** Writes {@code facts}, which hold nothing secret. */
    public static void write(Map<String, Object> facts) {
        LogRecord event = new LogRecord(Level.INFO, "request");
        event.setLoggerName(LOG.getName());
        event.setParameters(new Object[] {new Facts(new LinkedHashMap<>(facts))});
        LOG.log(event);
    }

    /** What a line holds besides the usual. */
    record Facts(Map<String, Object> values) {}
}
