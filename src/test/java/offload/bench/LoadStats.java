package offload.bench;

import java.util.Locale;

/** What one run has seen: latencies in buckets of 2 %, and every loss. */
final class LoadStats {
    private static final double STEP = Math.log(1.02);

    private final long[] latencies = new long[2000];
    private final long[] firsts = new long[2000];
    long tokens;
    long missing;
    long disordered;
    long streams;
    long failed;
    long withoutDone;

    void latency(long nanos) {
        latencies[bucket(nanos)]++;
        tokens++;
    }

    void first(long nanos) {
        firsts[bucket(nanos)]++;
    }

    private static int bucket(long nanos) {
        return nanos < 1000 ? 0 : Math.min(1999, (int) (Math.log(nanos / 1000.0) / STEP));
    }

    private static double micros(long[] buckets, double share) {
        long all = 0;
        for (long count : buckets) {
            all += count;
        }
        long wanted = (long) Math.ceil(all * share);
        long seen = 0;
        for (int i = 0; i < buckets.length; i++) {
            seen += buckets[i];
            if (seen >= wanted) {
                return Math.exp(i * STEP);
            }
        }
        return 0;
    }

    /** One line of JSON. */
    String line(double seconds) {
        return String.format(
                Locale.ROOT,
                "{\"seconds\":%.3f,\"tokens\":%d,\"streams\":%d,\"failed\":%d,\"missing\":%d,\"disordered\":%d,"
                        + "\"without_done\":%d,\"p50_us\":%.0f,\"p99_us\":%.0f,\"first_p50_us\":%.0f,\"first_p99_us\":%.0f}",
                seconds,
                tokens,
                streams,
                failed,
                missing,
                disordered,
                withoutDone,
                micros(latencies, 0.50),
                micros(latencies, 0.99),
                micros(firsts, 0.50),
                micros(firsts, 0.99));
    }
}
