package offload.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** What is measured: Offload, what is installed beside it, and the upstream behind all of them. */
final class Products implements AutoCloseable {
    private static final Path PLACE = Path.of("target");
    private static final Path CACHE = PLACE.resolve("offload.aot");

    private final Path data;
    private final BenchProcess upstream;
    private final BenchProcess offload;
    private final Optional<NginxPeer> nginx;
    private final Optional<PortkeyPeer> portkey;

    private Products() throws IOException {
        // Not among the temporary files, which may lie in memory.
        data = Files.createTempDirectory(PLACE, "bench-data");
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
        portkey = PortkeyPeer.isInstalled() ? Optional.of(PortkeyPeer.start(upstream.port())) : Optional.empty();
    }

    static Products start() throws IOException {
        return new Products();
    }

    private static List<String> serve() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(List.of(java, "@config/jvm.options"));
        if (hasCache()) {
            command.addAll(List.of("-XX:AOTCache=" + CACHE, "-Xlog:aot*=off", "-Xlog:cds=off"));
        }
        if (!moreOptions().isEmpty()) {
            command.addAll(List.of(moreOptions().split(" +")));
        }
        command.addAll(List.of("-jar", "target/offload.jar", "serve"));
        return command;
    }

    /** As users start it: scripts/run makes the cache, packages bring one. */
    private static boolean hasCache() {
        return Files.exists(CACHE);
    }

    private static String moreOptions() {
        String more = System.getenv("OFFLOAD_JAVA_OPTS");
        return more == null ? "" : more.strip();
    }

    Path data() {
        return data;
    }

    /** Which versions of everything these are. */
    String versions() throws IOException, InterruptedException {
        List<String> all = new ArrayList<>();
        all.add("Java " + System.getProperty("java.version") + " of " + System.getProperty("java.vendor") + " with `"
                + ("config/jvm.options " + moreOptions()).strip() + "`" + (hasCache() ? " and its AOT cache" : ""));
        all.add("Offload " + offloadVersion());
        if (nginx.isPresent()) {
            all.add(NginxPeer.version());
        }
        if (portkey.isPresent()) {
            all.add(PortkeyPeer.version());
        }
        return String.join(", ", all);
    }

    private static String offloadVersion() throws IOException, InterruptedException {
        String version;
        try (JarFile jar = new JarFile("target/offload.jar")) {
            version = jar.getManifest().getMainAttributes().getValue(Attributes.Name.IMPLEMENTATION_VERSION);
        }
        if (!Files.exists(Path.of(".git"))) {
            return version;
        }
        return version + " at " + BenchProcess.run(List.of("git", "describe", "--always", "--dirty"));
    }

    /** Until the compilers have seen it: tokens by the hundred thousand, and turns by the thousand. */
    void warmUp() throws Exception {
        Target target = new Target("offload", "offload", submissions(), offload.pid(), "");
        for (int i = 0; i < 3; i++) {
            run(new Work("warm-up", "", 300, 150, 60, 1, 300, 0), target);
        }
        run(new Work("warm-up", "", 200, 1000, 0, 1, 200, 0), target);
        for (int i = 0; i < 3; i++) {
            run(new Work("warm-up", "", 1000, 200, 30, 1, 1000, 0), target);
        }
        run(new Work("warm-up", "", 3000, 1, 0, 1, 600, 0), target);
        if (portkey.isPresent()) {
            run(new Work("warm-up", "", 100, 500, 60, 1, 100, 0), portkey.get().target());
        }
    }

    /** Whatever can do this work, Offload as the last. */
    List<Target> targets(Work work) throws Exception {
        List<Target> all = new ArrayList<>();
        if (work.hasMorePeers()) {
            all.add(new Target(
                    Target.DIRECT,
                    "proxy",
                    "http://127.0.0.1:" + upstream.port() + "/v1/chat/completions",
                    upstream.pid(),
                    ""));
        }
        if (nginx.isPresent() && NginxPeer.takes(work)) {
            all.add(
                    work.isReplay()
                            ? nginx.get().replay(lastLog(work))
                            : nginx.get().target(work));
        }
        if (portkey.isPresent() && work.hasMorePeers()) {
            all.add(portkey.get().target());
        }
        all.add(offload(work));
        return all;
    }

    private Target offload(Work work) throws Exception {
        if (!work.isReplay()) {
            return new Target("offload", "offload", submissions(), offload.pid(), "");
        }
        String url = "http://127.0.0.1:" + offload.port() + "/1/r/" + data.relativize(lastLog(work));
        return new Target("offload", "replay", url, offload.pid(), "");
    }

    private String submissions() {
        return "http://127.0.0.1:" + offload.port() + "/v1/stream-chatgpt";
    }

    Measured run(Work work, Target target) throws IOException, InterruptedException {
        LoadRun run = new LoadRun(target.pid(), upstream.pid());
        if (work.beside().isPresent()) {
            Work crowd = work.beside().get();
            run.meanwhile(
                    crowd,
                    target.product().equals("nginx") && nginx.isPresent()
                            ? nginx.get().target(crowd)
                            : target);
        }
        return run.of(work, target);
    }

    /** A finished log with as many tokens as the work has. */
    private Path lastLog(Work work) throws Exception {
        run(
                new Work("", "", 1, work.tokens(), 0, 1, 0, 0),
                new Target("offload", "offload", submissions(), offload.pid(), ""));
        try (Stream<Path> files = Files.walk(data)) {
            return files.filter(file -> file.toString().endsWith(".txt"))
                    .max(Comparator.comparingLong(file -> file.toFile().lastModified()))
                    .orElseThrow();
        }
    }

    @Override
    public void close() throws Exception {
        offload.close();
        upstream.close();
        if (nginx.isPresent()) {
            nginx.get().close();
        }
        if (portkey.isPresent()) {
            portkey.get().close();
        }
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
