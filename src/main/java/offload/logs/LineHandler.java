package offload.logs;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/** Hands each event on as a line, or counts it where nobody takes lines, which the next one says. Any thread. */
final class LineHandler extends Handler {
    /** How long the end of the process waits for who reads the lines. */
    private static final Duration FAREWELL = Duration.ofSeconds(1);

    private final LineWriter lines;
    private final AtomicLong leftOut = new AtomicLong();

    LineHandler(LineWriter lines, LineFormatter formatter) {
        this.lines = lines;
        setFormatter(formatter);
        setLevel(Level.ALL);
    }

    @Override
    public void publish(LogRecord event) {
        if (!isLoggable(event)) {
            return;
        }
        long missing = leftOut.getAndSet(0);
        String line = getFormatter().format(event);
        if (!lines.offer(missing == 0 ? line : gap(missing) + line)) {
            leftOut.addAndGet(missing + 1);
        }
    }

    private String gap(long missing) {
        LogRecord gap = new LogRecord(
                Level.WARNING, missing + " lines were left out here: what reads the log took none for a while");
        gap.setLoggerName(LineHandler.class.getName());
        return getFormatter().format(gap);
    }

    @Override
    public void flush() {
        lines.await(FAREWELL);
    }

    @Override
    public void close() {
        flush();
    }
}
