package offload.bench;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import offload.json.Json;
import offload.json.JsonFault;

/** One run of the load generator, and what the server under it has cost meanwhile. */
final class LoadRun {
    private LoadRun() {}

    /** Runs {@code work} against {@code target}; {@code upstream} is the upstream's process. */
    static Measured of(Work work, Target target, long upstream) throws IOException, InterruptedException {
        double machine = ProcessCost.machineSeconds();
        double before = ProcessCost.seconds(target.pid());
        double upstreamBefore = ProcessCost.seconds(upstream);
        long start = System.nanoTime();
        JsonObject seen = load(work, target);
        double wall = (System.nanoTime() - start) / 1e9;
        double cost = ProcessCost.seconds(target.pid()) - before;
        double behind = target.pid() == upstream ? 0 : ProcessCost.seconds(upstream) - upstreamBefore;
        double others = ProcessCost.machineSeconds() - machine - cost - behind;
        long units = seen.getJsonNumber(work.perStream() ? "streams" : "tokens").longValue();
        long faults = Stream.of("missing", "disordered", "failed", "without_done")
                .mapToLong(name -> seen.getJsonNumber(name).longValue())
                .sum();
        return new Measured(
                cost * 1e6 / Math.max(1, units),
                seen.getJsonNumber("p50_us").doubleValue(),
                seen.getJsonNumber("p99_us").doubleValue(),
                ProcessCost.residentMb(target.pid()),
                Math.max(0, others - wall * 0.05) / (wall * Runtime.getRuntime().availableProcessors()),
                faults);
    }

    private static JsonObject load(Work work, Target target) throws IOException, InterruptedException {
        String line = BenchProcess.run(BenchProcess.java(
                FastLoad.class,
                target.mode(),
                target.url(),
                Integer.toString(work.streams()),
                Integer.toString(work.tokens()),
                Integer.toString(work.rate()),
                Integer.toString(work.readers()),
                Integer.toString(work.ramp()),
                Integer.toString(work.seconds()),
                target.headers()));
        try {
            return Json.object(line.getBytes(StandardCharsets.UTF_8));
        } catch (JsonFault e) {
            throw new IOException("the load generator failed: " + line, e);
        }
    }
}
