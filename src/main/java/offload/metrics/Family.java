package offload.metrics;

import java.math.BigDecimal;

/** One metric with its samples. Any thread may render it while others count. */
public interface Family {

    /** Appends it in the text format of Prometheus, 0.0.4. */
    void render(StringBuilder out);

    /** The two lines that begin a family. */
    static void head(StringBuilder out, String name, String help, String type) {
        out.append("# HELP ").append(name).append(' ').append(help).append('\n');
        out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    /** One sample; its labels, if it has any, stand in braces behind the {@code name}. */
    static void sample(StringBuilder out, String name, double value) {
        out.append(name).append(' ').append(number(value)).append('\n');
    }

    /** A number without an exponent: the bounds of histograms are labels, which queries compare as text. */
    static String number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return Long.toString((long) value);
        }
        return Double.isFinite(value) ? BigDecimal.valueOf(value).toPlainString() : Double.toString(value);
    }
}
