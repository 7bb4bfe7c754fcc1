package offload.cli.client;

import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Closes a connection on which nothing comes any more, heartbeats included: a socket does not notice that a machine, a
 * network or a router's memory of it has gone. For the one thread that reads.
 */
final class SilenceWatch implements AutoCloseable {
    private final Thread thread;
    private final Duration patience;
    private volatile long heardAt = System.nanoTime();
    private volatile boolean resting;
    private volatile boolean wasSilent;

    /** Watches from now on; {@code patience} begins anew with everything that is heard. */
    SilenceWatch(Duration patience, Closeable connection) {
        this.patience = patience;
        thread = Thread.ofVirtual().name("silence").start(() -> watch(connection));
    }

    /** {@code in}, any bytes of which are heard: a long line may take longer than the patience, over a slow network. */
    InputStream over(InputStream in) {
        return new FilterInputStream(in) {
            @Override
            public int read(byte[] bytes, int from, int count) throws IOException {
                int got = super.read(bytes, from, count);
                heard();
                return got;
            }
        };
    }

    void heard() {
        heardAt = System.nanoTime();
        resting = false;
    }

    /** Until something is heard, nobody listens: who prints may have to wait for whoever reads that. */
    void rest() {
        resting = true;
    }

    /** Why reading failed by {@code broken}: where the connection was closed from here, the silence, in words. */
    IOException reason(IOException broken) {
        return wasSilent ? new IOException("nothing came for " + patience.toSeconds() + " s", broken) : broken;
    }

    private void watch(Closeable connection) {
        for (long left = patience.toNanos(); left > 0; left = left()) {
            LockSupport.parkNanos(left);
            if (Thread.interrupted()) {
                return;
            }
        }
        wasSilent = true;
        try {
            connection.close();
        } catch (IOException e) {
            // It is broken already, and whoever reads sees that.
            return;
        }
    }

    private long left() {
        return resting ? patience.toNanos() : heardAt + patience.toNanos() - System.nanoTime();
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
