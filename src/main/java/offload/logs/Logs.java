package offload.logs;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Sets up the JDK's own logging, to which every {@code System.Logger} speaks, on standard error. Any thread. */
public final class Logs {
    /** Loggers whose level was set; the JDK forgets those that nobody holds. */
    private static final Logger OURS = Logger.getLogger("offload");

    private static final Logger ALL = Logger.getLogger("");
    private static final LineWriter LINES = new LineWriter(System.err);
    private static final List<Logger> WATCHED = new ArrayList<>();

    private Logs() {}

    /** Begins to log as {@code settings} say; may be called again, and then they hold from now on. */
    public static synchronized void configure(LogSettings settings) {
        Level level = level(settings.level());
        Handler handler = new LineHandler(LINES, new LineFormatter(settings.format()));
        for (Handler old : ALL.getHandlers()) {
            ALL.removeHandler(old);
        }
        ALL.addHandler(handler);
        // Of libraries only what needs somebody's attention: they tell more of requests than may be kept.
        ALL.setLevel(Level.WARNING);
        OURS.setLevel(level);
        AccessLog.turn(settings.access());
    }

    /** Silent but for warnings, until {@link #configure}. */
    public static void quiet() {
        configure(new LogSettings(System.Logger.Level.WARNING, LogSettings.Format.TEXT, false));
    }

    /** Runs {@code work} while libraries are silent: how it failed its caller says, and not in a stack trace. */
    public static synchronized <T> T withoutLibraries(Supplier<T> work) {
        Level before = ALL.getLevel();
        ALL.setLevel(Level.OFF);
        try {
            return work.get();
        } finally {
            ALL.setLevel(before);
        }
    }

    /**
     * Runs {@code then}, which must not wait, each time the library's class {@code name} logs an error: for what is told
     * nowhere else. For as long as the process lasts.
     */
    public static synchronized void onError(String name, Runnable then) {
        Logger logger = Logger.getLogger(name);
        logger.addHandler(new ErrorWatch(then));
        WATCHED.add(logger);
    }

    private static Level level(System.Logger.Level level) {
        return switch (level) {
            case ERROR -> Level.SEVERE;
            case WARNING -> Level.WARNING;
            case DEBUG, TRACE, ALL -> Level.FINE;
            default -> Level.INFO;
        };
    }
}
