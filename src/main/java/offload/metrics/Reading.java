package offload.metrics;

import java.util.function.DoubleSupplier;

/**
 * A number that is looked up when it is asked for.
 *
 * @param name as Prometheus wants it
 * @param help a sentence
 * @param type {@code gauge}, or {@code counter} for one that only grows
 * @param labels in braces, or empty
 * @param value looks it up; NaN where it cannot be had
 */
public record Reading(String name, String help, String type, String labels, DoubleSupplier value) implements Family {

    /** One that rises and falls. */
    public static Reading gauge(String name, String help, DoubleSupplier value) {
        return new Reading(name, help, "gauge", "", value);
    }

    /** One that somebody else counts. */
    public static Reading counter(String name, String help, DoubleSupplier value) {
        return new Reading(name, help, "counter", "", value);
    }

    @Override
    public void render(StringBuilder out) {
        double now = value.getAsDouble();
        if (!Double.isNaN(now)) {
            Family.head(out, name, help, type);
            Family.sample(out, name + labels, now);
        }
    }
}
