package offload.http.listener;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The load balancers in front, as far as they can be seen: they ask {@code /health/ready}. One that has been told 503 sends
 * nothing more, so that no submission meets a port that is just being closed. Any thread.
 */
public final class Balancers {
    /** Who has not asked for so long is none. */
    private static final long LATELY_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final Logger LOG = System.getLogger(Balancers.class.getName());

    /** Twice: whoever asks again has had the first answer, and what he sent before has come. */
    private final CountDownLatch told = new CountDownLatch(2);

    private volatile long askedAt = System.nanoTime() - LATELY_NANOS;

    /** One has asked, and is answered so. */
    public void asked(boolean draining) {
        askedAt = System.nanoTime();
        if (draining) {
            told.countDown();
        }
    }

    /** Waits, where one has asked lately, until one knows that this server drains; {@code most} at most. */
    void awaitTold(Duration most) throws InterruptedException {
        boolean lately = System.nanoTime() - askedAt < LATELY_NANOS;
        boolean known = !lately || told.await(most.toMillis(), TimeUnit.MILLISECONDS);
        if (!known) {
            LOG.log(Level.DEBUG, "the port closes, and nobody in front has asked twice since this server drains");
        }
    }
}
