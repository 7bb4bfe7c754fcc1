package offload.logs;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Writes lines, each at once, on a thread of its own: nobody waits for who reads them. A pager, a terminal after Ctrl-S or
 * a journal that hangs takes none for hours; each request, and the end of the server, would wait as long. Any thread.
 */
final class LineWriter {
    /** The most lines that wait; enough for a burst, and even with stack traces a few megabytes. */
    static final int MOST = 1000;

    private final PrintStream out;
    private final Queue<byte[]> waiting = new ArrayDeque<>();
    private @Nullable Thread thread;

    LineWriter(PrintStream out) {
        this.out = out;
    }

    /** Takes a line, to be written soon; false where too many wait. */
    synchronized boolean offer(String line) {
        if (waiting.size() == MOST) {
            return false;
        }
        if (thread == null && !start()) {
            return false;
        }
        waiting.add(line.getBytes(StandardCharsets.UTF_8));
        notifyAll();
        return true;
    }

    private boolean start() {
        try {
            thread = Thread.ofPlatform().name("log").daemon().start(this::run);
            return true;
        } catch (OutOfMemoryError e) {
            // No thread is to be had now: perhaps for the next line.
            return false;
        }
    }

    /** Waits until every line is written, {@code most} at most. */
    synchronized void await(Duration most) {
        long end = System.nanoTime() + most.toNanos();
        try {
            for (long left = most.toMillis(); left > 0 && !waiting.isEmpty(); ) {
                wait(left);
                left = (end - System.nanoTime()) / 1_000_000;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (true) {
                byte[] line = next();
                out.write(line, 0, line.length);
                out.flush();
                written();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized byte[] next() throws InterruptedException {
        while (waiting.isEmpty()) {
            wait();
        }
        return waiting.element();
    }

    /** A line waits until it is written, so that who awaits the end has it. */
    private synchronized void written() {
        waiting.remove();
        notifyAll();
    }
}
