package offload.metrics;

import java.util.concurrent.atomic.LongAdder;

/** How often what took how long, in seconds. Any thread. */
public final class Histogram implements Family {
    private static final double NANOS = 1e9;

    private final String name;
    private final String help;
    private final double[] bounds;
    private final LongAdder[] buckets;
    private final LongAdder nanos = new LongAdder();

    /** With the upper {@code bounds} of its buckets, in seconds, growing. */
    public Histogram(String name, String help, double... bounds) {
        this.name = name;
        this.help = help;
        this.bounds = bounds.clone();
        this.buckets = new LongAdder[bounds.length + 1];
        for (int i = 0; i < buckets.length; i++) {
            buckets[i] = new LongAdder();
        }
    }

    /** Something took so many nanoseconds. */
    public void observeNanos(long took) {
        int bucket = 0;
        while (bucket < bounds.length && took > bounds[bucket] * NANOS) {
            bucket++;
        }
        buckets[bucket].increment();
        nanos.add(took);
    }

    @Override
    public void render(StringBuilder out) {
        Family.head(out, name, help, "histogram");
        long sum = 0;
        for (int i = 0; i < buckets.length; i++) {
            sum += buckets[i].sum();
            String bound = i < bounds.length ? Family.number(bounds[i]) : "+Inf";
            Family.sample(out, name + "_bucket{le=\"" + bound + "\"}", (double) sum);
        }
        Family.sample(out, name + "_sum", nanos.sum() / NANOS);
        Family.sample(out, name + "_count", (double) sum);
    }
}
