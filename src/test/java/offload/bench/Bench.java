package offload.bench;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import offload.json.Json;
import offload.json.JsonFault;

/**
 * Runs works against Offload and nginx in turn, in rounds, and prints a table. Arguments: rounds, then names of works; all
 * where none is named.
 */
final class Bench implements AutoCloseable {
    private final BenchProcess upstream;
    private final BenchProcess offload;
    private final Optional<NginxPeer> nginx;
    private final Path data;

    private Bench() throws IOException {
        data = Files.createTempDirectory("offload-bench");
        upstream = BenchProcess.start(BenchProcess.java(FastUpstream.class), Map.of());
        offload = BenchProcess.start(
                serve(),
                Map.of(
                        "OFFLOAD_PORT",
                        "0",
                        "OFFLOAD_DATA_DIR",
                        data.toString(),
                        "OFFLOAD_UPSTREAM_URL",
                        "http://127.0.0.1:" + upstream.port() + "/v1"));
        nginx = NginxPeer.isInstalled() ? Optional.of(NginxPeer.start(upstream.port())) : Optional.empty();
    }

    private static List<String> serve() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(List.of(java, "@config/jvm.options"));
        String more = System.getenv("OFFLOAD_JAVA_OPTS");
        if (more != null && !more.isBlank()) {
            command.addAll(List.of(more.strip().split(" +")));
        }
        command.addAll(List.of("-jar", "target/offload.jar", "serve"));
        return command;
    }

    /** Runs the benchmark from the checkout, after {@code scripts/build}. */
    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3;
        List<String> wanted = List.of(arguments).subList(Math.min(1, arguments.length), arguments.length);
        try (Bench bench = new Bench()) {
            bench.warmUp();
            System.out.println(
                    "| work | product | us of CPU per token or stream | to nginx | p50 us | p99 ms | MB | faults"
                            + " | foreign load |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
            for (Work work : Work.all()) {
                if (wanted.isEmpty() || wanted.contains(work.name())) {
                    bench.measure(work, rounds).forEach(System.out::println);
                }
            }
        }
    }

    /** Until the compiler has seen it: tokens by the hundred thousand, and turns by the thousand. */
    private void warmUp() throws Exception {
        for (int i = 0; i < 3; i++) {
            runOffload(new Work("warm-up", "", 300, 150, 60, 1, 300, 0));
        }
        runOffload(new Work("warm-up", "", 200, 1000, 0, 1, 200, 0));
        runOffload(new Work("warm-up", "", 1000, 100, 30, 1, 1000, 0));
        runOffload(new Work("warm-up", "", 3000, 1, 0, 1, 600, 0));
    }

    private List<String> measure(Work work, int rounds) throws Exception {
        Map<String, List<Measured>> runs = new LinkedHashMap<>();
        for (int i = 0; i < rounds; i++) {
            if (nginx.isPresent() && !work.isAlone() && (!work.isFanOut() || NginxPeer.hasNchan())) {
                runs.computeIfAbsent(work.isFanOut() ? "nchan" : "nginx", name -> new ArrayList<>())
                        .add(runNginx(work, nginx.get()));
            }
            runs.computeIfAbsent("offload", name -> new ArrayList<>()).add(runOffload(work));
        }
        Map<String, Double> peer = new LinkedHashMap<>();
        runs.forEach((name, all) -> {
            if (!name.equals("offload")) {
                peer.put(work.title(), Measured.median(all).cost());
            }
        });
        return runs.entrySet().stream()
                .map(entry -> Measured.row(work.title(), entry.getKey(), entry.getValue(), peer))
                .toList();
    }

    private Measured runOffload(Work work) throws Exception {
        String base = "http://127.0.0.1:" + offload.port();
        if (!work.isReplay()) {
            return run(work, "offload", base + "/v1/stream-chatgpt", offload.pid());
        }
        Path log = longestLog(work);
        String path = data.relativize(log).toString();
        return run(work, "replay", base + "/1/r/" + path, offload.pid());
    }

    private Measured runNginx(Work work, NginxPeer peer) throws Exception {
        String base = "http://127.0.0.1:" + peer.port();
        if (work.isReplay()) {
            String name = "replay-" + System.nanoTime() + ".txt";
            peer.serve(longestLog(work), name);
            return run(work, "replay", base + "/" + name, peer.pid());
        }
        String url = work.isFanOut() ? base + "/sub?id=" + System.nanoTime() : base + "/v1/chat/completions";
        return run(work, work.isFanOut() ? "nchan" : "proxy", url, peer.pid());
    }

    /** A finished log with as many tokens as the work has. */
    private Path longestLog(Work work) throws Exception {
        runLoad(
                "offload",
                "http://127.0.0.1:" + offload.port() + "/v1/stream-chatgpt",
                new Work("", "", 1, work.tokens(), 0, 1, 0, 0));
        try (Stream<Path> files = Files.walk(data)) {
            return files.filter(file -> file.toString().endsWith(".txt"))
                    .max(java.util.Comparator.comparingLong(
                            file -> file.toFile().lastModified()))
                    .orElseThrow();
        }
    }

    private static JsonObject runLoad(String mode, String url, Work work) throws Exception {
        String line = BenchProcess.run(BenchProcess.java(
                FastLoad.class,
                mode,
                url,
                Integer.toString(work.streams()),
                Integer.toString(work.tokens()),
                Integer.toString(work.rate()),
                Integer.toString(work.readers()),
                Integer.toString(work.ramp()),
                Integer.toString(work.seconds())));
        try {
            return Json.object(line.getBytes(StandardCharsets.UTF_8));
        } catch (JsonFault e) {
            throw new IOException("the load generator failed: " + line);
        }
    }

    private Measured run(Work work, String mode, String url, long pid) throws Exception {
        double machine = ProcessCost.machineSeconds();
        double before = ProcessCost.seconds(pid);
        double upstreamBefore = ProcessCost.seconds(upstream.pid());
        long start = System.nanoTime();
        JsonObject seen = runLoad(mode, url, work);
        double wall = (System.nanoTime() - start) / 1e9;
        double cost = ProcessCost.seconds(pid) - before;
        double others =
                ProcessCost.machineSeconds() - machine - cost - (ProcessCost.seconds(upstream.pid()) - upstreamBefore);
        long units = seen.getJsonNumber(work.perStream() ? "streams" : "tokens").longValue();
        long faults = Stream.of("missing", "disordered", "failed", "without_done")
                .mapToLong(name -> seen.getJsonNumber(name).longValue())
                .sum();
        return new Measured(
                cost * 1e6 / Math.max(1, units),
                seen.getJsonNumber("p50_us").doubleValue(),
                seen.getJsonNumber("p99_us").doubleValue(),
                ProcessCost.residentMb(pid),
                Math.max(0, others - wall * 0.05) / (wall * Runtime.getRuntime().availableProcessors()),
                faults);
    }

    @Override
    public void close() throws Exception {
        offload.close();
        upstream.close();
        if (nginx.isPresent()) {
            nginx.get().close();
        }
    }
}
