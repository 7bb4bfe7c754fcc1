package offload.bench;

import java.io.IOException;
import java.nio.channels.Selector;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The load generator: one thread that opens streams at a ramp, reads all of them to their end, and prints one line of
 * what it saw. Arguments: mode, URL, streams, tokens, rate, readers, ramp, seconds, headers (see {@link LoadPlan}).
 */
final class FastLoad {
    private static final Pattern EVENTS = Pattern.compile("\"stream_events_url\":\"https?://[^/]+([^\"]+)\"");
    private static final long PATIENCE_NANOS = 120_000_000_000L;

    private final LoadPlan plan;
    private final LoadStats stats = new LoadStats();
    private final Selector selector = Selector.open();
    private final long startNanos = System.nanoTime();
    private int opened;
    private int open;

    private FastLoad(LoadPlan plan) throws IOException {
        this.plan = plan;
    }

    /** Runs one plan. */
    public static void main(String[] arguments) throws IOException {
        FastLoad load = new FastLoad(LoadPlan.of(arguments));
        load.run();
        System.out.println(load.stats.line((System.nanoTime() - load.startNanos) / 1e9));
    }

    LoadPlan plan() {
        return plan;
    }

    LoadStats stats() {
        return stats;
    }

    private void run() throws IOException {
        byte[] buffer = new byte[64 * 1024];
        while ((opened < plan.streams() || open > 0) && elapsed() < PATIENCE_NANOS) {
            long due = plan.ramp() == 0 ? plan.streams() : elapsed() * plan.ramp() / 1_000_000_000L + 1;
            while (opened < plan.streams() && opened < due) {
                opened++;
                begin();
            }
            selector.select(
                    key -> ((LoadConnection) key.attachment()).ready(buffer), opened < plan.streams() ? 1 : 100);
        }
        stats.failed += open;
    }

    private long elapsed() {
        return System.nanoTime() - startNanos;
    }

    private void begin() throws IOException {
        open++;
        if (plan.isNchan()) {
            open += plan.readers() - 1;
            for (int i = 0; i < plan.readers(); i++) {
                new LoadConnection(this, selector, plan.get(), false);
            }
            Thread.ofPlatform().daemon().start(this::publish);
        } else if (plan.isReplay()) {
            new LoadConnection(this, selector, plan.get(), false);
        } else {
            new LoadConnection(this, selector, plan.post(), true);
        }
    }

    /** Once all readers had the time to subscribe, as those of a turn have it before its first token. */
    private void publish() {
        LockSupport.parkNanos(3_000_000_000L);
        new NchanPublisher(plan.url(), plan.tokens(), plan.rate()).run();
    }

    /** A submission was answered. */
    void named(String answer, boolean well) {
        open--;
        Matcher events = EVENTS.matcher(answer);
        if (!well || !events.find()) {
            stats.failed++;
            return;
        }
        try {
            for (int i = 0; i < plan.readers(); i++) {
                open++;
                new LoadConnection(this, selector, plan.get(events.group(1)), false);
            }
        } catch (IOException e) {
            open--;
            stats.failed++;
        }
    }

    /** A stream was read to its end. */
    void ended(boolean well, boolean done, int tokens) {
        open--;
        stats.streams++;
        stats.failed += well ? 0 : 1;
        stats.withoutDone += done ? 0 : 1;
        stats.missing += plan.isReplay() ? 0 : Math.max(0, plan.tokens() - tokens);
        if (plan.isReplay() && well && elapsed() < plan.seconds() * 1_000_000_000L) {
            try {
                begin();
            } catch (IOException e) {
                open--;
                stats.failed++;
            }
        }
    }
}
