package offload.http;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The load balancers in front, as far as they can be seen: they ask {@code /health/ready}. One that has been told 503 sends
 * nothing more, so that no submission meets a port that is just being closed. Any thread.
 */
final class Balancers {
    /** Who has not asked for so long is none. */
    private static final long LATELY_NANOS = TimeUnit.SECONDS.toNanos(10);
    /** What a balancer sent while the 503 was on its way to it. */
    private static final long ON_THE_WAY_MILLIS = 200;

    private final CountDownLatch told = new CountDownLatch(1);
    private volatile long askedAt = System.nanoTime() - LATELY_NANOS;

    /** One has asked, and is answered so. */
    void asked(boolean draining) {
        askedAt = System.nanoTime();
        if (draining) {
            told.countDown();
        }
    }

    /** Waits, where one has asked lately, until one knows that this server drains; {@code most} at most. */
    void awaitTold(Duration most) throws InterruptedException {
        if (System.nanoTime() - askedAt < LATELY_NANOS && told.await(most.toMillis(), TimeUnit.MILLISECONDS)) {
            Thread.sleep(Math.min(ON_THE_WAY_MILLIS, most.toMillis()));
        }
    }
}
