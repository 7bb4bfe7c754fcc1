package offload.sweep;

import java.io.FileNotFoundException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.FileSystemException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Tells of failures that may come with every round for as long as a disk is broken: each cause at once, the same one again
 * once a minute, with how often it came. For one thread at a time.
 */
public final class Failures {
    private static final Logger LOG = System.getLogger(Failures.class.getName());
    private static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final String name;
    private final LongSupplier nanoTime;
    private String cause = "";
    private long saidNanos;
    private int untold;

    /** Of what is called {@code name} in the log. */
    public Failures(String name) {
        this(name, System::nanoTime);
    }

    Failures(String name, LongSupplier nanoTime) {
        this.name = name;
        this.nanoTime = nanoTime;
    }

    /** A round failed with {@code e}. */
    public void failed(Throwable e) {
        String now = causeOf(e);
        if (now.equals(cause) && nanoTime.getAsLong() - saidNanos < PAUSE_NANOS) {
            untold++;
            return;
        }
        LOG.log(Level.WARNING, name + ": " + e + (untold == 0 ? "" : ", after " + untold + " more of the last cause"));
        cause = now;
        saidNanos = nanoTime.getAsLong();
        untold = 0;
    }

    /** A round did what it should. */
    public void worked() {
        if (untold > 0) {
            LOG.log(Level.INFO, name + ": works again, after " + untold + " more of the last cause");
        }
        cause = "";
        untold = 0;
    }

    /** What is at the bottom of it, and without the file, as drafts have another name each time. */
    private static String causeOf(Throwable e) {
        Throwable cause = e.getCause();
        if (cause != null) {
            return causeOf(cause);
        }
        String text = e.toString();
        return switch (e) {
            case FileSystemException named -> e.getClass() + ": " + named.getReason();
            case FileNotFoundException _ -> text.substring(text.lastIndexOf(" (") + 1);
            default -> text;
        };
    }
}
