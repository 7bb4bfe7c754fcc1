package offload.console;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import offload.testing.Programs;
import org.junit.jupiter.api.DynamicTest;

/**
 * Runs files of {@code src/test/console} side by side to their end, and tells what became of each test in them. Where the machine has no
 * Chromium, no Node, or cannot fetch the driver, the tests are skipped, and a line says what is missing.
 */
final class BrowserSuite {
    private static final Path SOURCES = Path.of("src/test/console").toAbsolutePath();
    private static final Path FOLDER = Path.of("target/console-test").toAbsolutePath();
    /** No test of these takes so long, not on a machine that has much else to do. */
    private static final long SILENCE_MINUTES = 5;

    private BrowserSuite() {}

    /**
     * @param scripts in {@code src/test/console}, each with a browser and a server of its own
     * @param packages folders with a {@code package-lock.json} below {@code src/test/console}, {@code ""} for itself
     */
    static Stream<DynamicTest> run(List<String> scripts, String... packages) {
        Path chromium = Browsers.chromium()
                .orElseGet(
                        () -> abort("skipped: no Chromium here; `apt-get install chromium`, or name one in CHROMIUM"));
        if (!Programs.runs("node", "--version")) {
            return abort("skipped: no Node here; `apt-get install nodejs npm`");
        }
        prepare(packages);
        Map<String, Process> running = new LinkedHashMap<>();
        scripts.forEach(script -> running.put(script, start(script, chromium)));
        running.forEach(BrowserSuite::await);
        return running.entrySet().stream()
                .flatMap(run -> report(run.getKey(), run.getValue().exitValue()).tests(run.getKey()));
    }

    /** Another JVM may want the same at the same time. */
    private static void prepare(String... packages) {
        try {
            Files.createDirectories(FOLDER);
            try (FileChannel lock = FileChannel.open(FOLDER.resolve("lock"), CREATE, WRITE)) {
                lock.lock();
                copy(SOURCES, FOLDER);
                for (String each : packages) {
                    NodePackages.install(FOLDER.resolve(each));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Process start(String script, Path chromium) {
        ProcessBuilder node = new ProcessBuilder("node", "--test-reporter=tap", script)
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log(script).toFile());
        node.environment().putAll(environment(chromium));
        try {
            return node.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends what tells of no further test any more: what hangs, and not what is only slow. */
    private static void await(String script, Process process) {
        try {
            long told = -1;
            while (!process.waitFor(SILENCE_MINUTES, TimeUnit.MINUTES)) {
                long before = told;
                told = Files.size(log(script));
                if (told == before) {
                    process.descendants().forEach(ProcessHandle::destroyForcibly);
                    process.destroyForcibly().waitFor();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the browser tests ran", e);
        }
    }

    private static TapReport report(String script, int exit) {
        try {
            return TapReport.read(Files.readAllLines(log(script)), exit);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path log(String script) {
        return FOLDER.resolve(script + ".tap");
    }

    private static Map<String, String> environment(Path chromium) {
        return Map.of(
                "CHROMIUM", chromium.toString(),
                "OFFLOAD_JAVA",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "OFFLOAD_JVM_OPTIONS",
                        Path.of("config/jvm.options").toAbsolutePath().toString(),
                "OFFLOAD_CLASSPATH", System.getProperty("java.class.path"));
    }

    /**
     * Scripts find their packages beside them, and packages do not belong among the sources. What is there already stays as it is: another
     * suite may be reading it.
     */
    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path source : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(source).toString());
                Files.createDirectories(target.getParent());
                if (!Files.exists(target) || Files.mismatch(source, target) >= 0) {
                    Files.write(target, Files.readAllBytes(source));
                }
            }
        }
    }
}
