package offload.metrics;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** Counters of one name that differ in one label, whose values must be few: no path, key or model. Any thread. */
public final class Counters implements Family {
    private final String name;
    private final String help;
    private final String label;
    private final Map<String, LongAdder> sums = new ConcurrentSkipListMap<>();

    /** With those of {@code values} at 0, so that a rate can be had of the first one counted. */
    public Counters(String name, String help, String label, Collection<String> values) {
        this.name = name;
        this.help = help;
        this.label = label;
        values.forEach(value -> sums.put(value, new LongAdder()));
    }

    /** Counts one of {@code value}. */
    public void count(String value) {
        sums.computeIfAbsent(value, _ -> new LongAdder()).increment();
    }

    @Override
    public void render(StringBuilder out) {
        Family.head(out, name, help, "counter");
        sums.forEach(
                (value, sum) -> Family.sample(out, name + "{" + label + "=\"" + value + "\"}", (double) sum.sum()));
    }
}
