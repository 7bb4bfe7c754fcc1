package offload.testing;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What a class of this process logs while this is open, from any thread; a line that has a stack with it says so. */
public final class LoggedLines extends Handler implements AutoCloseable {
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final Logger logger;

    private LoggedLines(Logger logger) {
        this.logger = logger;
    }

    /** Listens to the logger that has the name of {@code source}. */
    public static LoggedLines of(Class<?> source) {
        LoggedLines lines = new LoggedLines(Logger.getLogger(source.getName()));
        lines.logger.addHandler(lines);
        return lines;
    }

    /** The messages so far. */
    public List<String> all() {
        return List.copyOf(lines);
    }

    @Override
    public void publish(LogRecord event) {
        lines.add(event.getMessage() + (event.getThrown() == null ? "" : ", with its stack"));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
    }

    @Override
    public String toString() {
        return lines.toString();
    }
}
