package offload.bench;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import offload.json.Json;
import offload.json.JsonFault;
import org.jspecify.annotations.Nullable;

/** One run of the load generator, and what the server under it has cost meanwhile. */
final class LoadRun {
    /** Until all readers of what goes on meanwhile have come, and its first tokens. */
    private static final long LEAD_NANOS = 5_000_000_000L;

    private final long server;
    private final long upstream;
    private @Nullable Future<JsonObject> meanwhile;

    /** {@code server} is the process whose cost is taken, {@code upstream} the one behind it. */
    LoadRun(long server, long upstream) {
        this.server = server;
        this.upstream = upstream;
    }

    /** Begins another load, which goes on during the run; its tokens and faults count as well, its latencies do not. */
    void meanwhile(Work work, Target target) {
        FutureTask<JsonObject> task = new FutureTask<>(() -> load(work, target));
        // Those that read what processes print hold the carriers of virtual threads.
        Thread.ofPlatform().daemon().start(task);
        meanwhile = task;
    }

    /** Runs {@code work} against {@code target}. */
    Measured of(Work work, Target target) throws IOException, InterruptedException {
        double machine = ProcessCost.machineSeconds();
        double before = ProcessCost.seconds(server);
        double upstreamBefore = ProcessCost.seconds(upstream);
        long start = System.nanoTime();
        List<JsonObject> all = loads(work, target);
        double wall = (System.nanoTime() - start) / 1e9;
        double cost = ProcessCost.seconds(server) - before;
        double behind = server == upstream ? 0 : ProcessCost.seconds(upstream) - upstreamBefore;
        double others = ProcessCost.machineSeconds() - machine - cost - behind;
        return new Measured(
                cost * 1e6 / Math.max(1, sum(all, work.perStream() ? "streams" : "tokens")),
                all.getFirst().getJsonNumber("p50_us").doubleValue(),
                all.getFirst().getJsonNumber("p99_us").doubleValue(),
                ProcessCost.residentMb(server),
                Math.max(0, others - wall * 0.05) / (wall * Runtime.getRuntime().availableProcessors()),
                sum(all, "missing", "disordered", "failed", "without_done"));
    }

    private static long sum(List<JsonObject> all, String... names) {
        return all.stream()
                .flatMap(seen -> Stream.of(names).map(seen::getJsonNumber))
                .mapToLong(JsonNumber::longValue)
                .sum();
    }

    private List<JsonObject> loads(Work work, Target target) throws IOException, InterruptedException {
        Future<JsonObject> other = meanwhile;
        if (other == null) {
            return List.of(load(work, target));
        }
        for (long end = System.nanoTime() + LEAD_NANOS; System.nanoTime() < end; ) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
        JsonObject own = load(work, target);
        try {
            return List.of(own, other.get());
        } catch (ExecutionException e) {
            throw new IOException(e);
        }
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
