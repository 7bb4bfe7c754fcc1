package offload.bench;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * One run of one product.
 *
 * @param cost microseconds of processor time for each token or stream
 * @param p50 median latency, microseconds
 * @param p99 microseconds
 * @param residentMb after the run
 * @param foreign share of the machine that neither the product nor its load used
 * @param faults tokens lost, doubled or disordered, and streams failed
 */
record Measured(double cost, double p50, double p99, double residentMb, double foreign, long faults) {
    /** The first lines of a table. */
    static final List<String> HEAD = List.of(
            "| work | product | us of CPU per token or stream | to nginx | p50 us | p99 ms | MB | faults | foreign load |",
            "| --- | --- | --- | --- | --- | --- | --- | --- | --- |");

    /** The median of several runs, each figure by itself; faults add up. */
    static Measured median(List<Measured> runs) {
        return new Measured(
                middle(runs.stream().mapToDouble(Measured::cost).sorted().toArray()),
                middle(runs.stream().mapToDouble(Measured::p50).sorted().toArray()),
                middle(runs.stream().mapToDouble(Measured::p99).sorted().toArray()),
                middle(runs.stream().mapToDouble(Measured::residentMb).sorted().toArray()),
                middle(runs.stream().mapToDouble(Measured::foreign).sorted().toArray()),
                runs.stream().mapToLong(Measured::faults).sum());
    }

    private static double middle(double[] sorted) {
        return sorted[sorted.length / 2];
    }

    /** A line of a table: product, cost with its spread, latencies, memory, faults, foreign share. */
    static String row(String work, String product, List<Measured> runs, OptionalDouble nginx) {
        Measured middle = median(runs);
        double least = runs.stream().mapToDouble(Measured::cost).min().orElse(0);
        double most = runs.stream().mapToDouble(Measured::cost).max().orElse(0);
        String ratio = nginx.isEmpty() || nginx.getAsDouble() == 0
                ? ""
                : String.format(Locale.ROOT, "%.2f", middle.cost() / nginx.getAsDouble());
        return String.format(
                Locale.ROOT,
                "| %s | %s | %.1f (%.1f..%.1f) | %s | %.0f | %.2f | %.0f | %d | %.0f %% |",
                work,
                product,
                middle.cost(),
                least,
                most,
                ratio,
                middle.p50(),
                middle.p99() / 1000,
                middle.residentMb(),
                middle.faults(),
                middle.foreign() * 100);
    }
}
