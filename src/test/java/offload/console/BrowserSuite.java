package offload.console;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Runs one file of {@code src/test/console} to its end, and tells what became of each test in it. Where the machine has no
 * Chromium, no Node, or cannot fetch the driver, the tests are skipped, and a line says what is missing.
 */
final class BrowserSuite {
    private static final Path SOURCES = Path.of("src/test/console").toAbsolutePath();
    private static final Path FOLDER = Path.of("target/console-test").toAbsolutePath();
    private static final long LIMIT_MINUTES = 10;

    private BrowserSuite() {}

    /**
     * @param file a script in {@code src/test/console}
     * @param packages folders with a {@code package-lock.json} below {@code src/test/console}, {@code ""} for itself
     */
    static Stream<DynamicTest> run(String file, String... packages) {
        Path chromium = Browsers.chromium()
                .orElseGet(
                        () -> abort("skipped: no Chromium here; `apt-get install chromium`, or name one in CHROMIUM"));
        if (!Browsers.runs("node", "--version")) {
            return abort("skipped: no Node here; `apt-get install nodejs npm`");
        }
        copy(SOURCES, FOLDER);
        for (String each : packages) {
            NodePackages.install(FOLDER.resolve(each));
        }
        return TapReport.read(output(file, chromium)).tests();
    }

    private static List<String> output(String file, Path chromium) {
        Path log = FOLDER.resolve(file + ".tap");
        ProcessBuilder node = new ProcessBuilder("node", "--test-reporter=tap", file)
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        node.environment().putAll(environment(chromium));
        try {
            Process process = node.start();
            if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
            return Files.readAllLines(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the browser tests ran", e);
        }
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

    /** Scripts find their packages beside them, and packages do not belong among the sources. */
    private static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path source : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(source).toString());
                Files.createDirectories(target.getParent());
                Files.write(target, Files.readAllBytes(source));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
