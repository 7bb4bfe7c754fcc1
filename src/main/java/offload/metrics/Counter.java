package offload.metrics;

import java.util.concurrent.atomic.LongAdder;

/** A number that only grows. Counting costs a few nanoseconds. Any thread. */
public final class Counter implements Family {
    private final String name;
    private final String help;
    private final LongAdder sum = new LongAdder();

    /** Named as Prometheus wants it, with {@code _total} at its end. */
    public Counter(String name, String help) {
        this.name = name;
        this.help = help;
    }

    /** Counts {@code amount} more. */
    public void add(long amount) {
        sum.add(amount);
    }

    /** What was counted. */
    public long count() {
        return sum.sum();
    }

    @Override
    public void render(StringBuilder out) {
        Family.head(out, name, help, "counter");
        Family.sample(out, name, (double) sum.sum());
    }
}
