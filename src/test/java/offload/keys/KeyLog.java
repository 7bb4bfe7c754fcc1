package offload.keys;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What {@link ServiceKeys} logs until this is closed; a line that has a stack with it says so. One thread. */
final class KeyLog extends Handler implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ServiceKeys.class.getName());

    private final List<String> lines = new ArrayList<>();

    KeyLog() {
        LOG.addHandler(this);
    }

    List<String> lines() {
        return lines;
    }

    @Override
    public void publish(LogRecord line) {
        lines.add(line.getMessage() + (line.getThrown() == null ? "" : ", with its stack"));
    }

    @Override
    public void flush() {
        // It keeps nothing back.
    }

    @Override
    public void close() {
        LOG.removeHandler(this);
    }

    @Override
    public String toString() {
        return lines.toString();
    }
}
