package offload.webhook;

import java.util.concurrent.atomic.LongAdder;

/** What this process has done about webhooks so far, for metrics. Any thread may read it; numbers only grow. */
public final class WebhookCounts {
    private final LongAdder attempts = new LongAdder();
    private final LongAdder delivered = new LongAdder();
    private final LongAdder stopped = new LongAdder();
    private final LongAdder dead = new LongAdder();

    void tried(WebhookRecord.State state) {
        attempts.increment();
        switch (state) {
            case DELIVERED -> delivered.increment();
            case STOPPED -> stopped.increment();
            case DEAD -> dead.increment();
            case PENDING, DORMANT -> {}
        }
    }

    /** Tries of any outcome. */
    public long attempts() {
        return attempts.sum();
    }

    /** Webhooks that their receivers took. */
    public long delivered() {
        return delivered.sum();
    }

    /** Webhooks whose receivers answered 410. */
    public long stopped() {
        return stopped.sum();
    }

    /** Webhooks given up after their last try. */
    public long dead() {
        return dead.sum();
    }
}
