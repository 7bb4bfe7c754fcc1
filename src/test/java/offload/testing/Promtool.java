package offload.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Prometheus's own tool: that on the path, or the one in Debian's package, unpacked below target and not installed. */
public final class Promtool {
    private static final Path FOLDER = Path.of("target/promtool");
    private static final Path UNPACKED = FOLDER.resolve("usr/bin/promtool");

    private Promtool() {}

    /** What it says to {@code arguments} with {@code input} piped in, and its exit code at the end. */
    public static String run(String input, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(find()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var pipe = process.getOutputStream()) {
            pipe.write(input.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        return said + "exit " + process.waitFor();
    }

    private static String find() throws IOException, InterruptedException {
        if (works("promtool", "--version")) {
            return "promtool";
        }
        if (!Files.isExecutable(UNPACKED)) {
            Files.createDirectories(FOLDER);
            Process shell = new ProcessBuilder(
                            "sh", "-c", "apt-get download prometheus && dpkg-deb -x prometheus_*.deb .")
                    .directory(FOLDER.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(FOLDER.resolve("log").toFile())
                    .start();
            shell.waitFor(120, TimeUnit.SECONDS);
            shell.destroy();
        }
        Assumptions.assumeTrue(
                Files.isExecutable(UNPACKED), "skipped: there is no promtool; install the Debian package `prometheus`");
        return UNPACKED.toString();
    }

    private static boolean works(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
