package offload.logs;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/** Tells of errors that a library logs. Any thread. */
final class ErrorWatch extends Handler {
    private final Runnable then;

    ErrorWatch(Runnable then) {
        this.then = then;
    }

    @Override
    public void publish(LogRecord event) {
        if (event.getLevel().intValue() >= Level.SEVERE.intValue()) {
            then.run();
        }
    }

    @Override
    public void flush() {
        // It keeps nothing.
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
