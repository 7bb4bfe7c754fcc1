package offload.packaging;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a command of the system answered.
 *
 * @param code its exit code
 * @param output what it printed, errors included
 */
record Command(int code, String output) {
    static final Path ROOT = Path.of(System.getProperty("basedir", "")).toAbsolutePath();

    /** Runs it in the checkout; skips the running test where the machine does not have it. */
    static Command run(String... command) throws IOException, InterruptedException {
        assumeTrue(
                command[0].contains("/")
                        || Stream.of(System.getenv("PATH").split(":"))
                                .anyMatch(folder -> Files.isExecutable(Path.of(folder, command[0]))),
                command[0] + " is not installed here");
        Process process = new ProcessBuilder(List.of(command))
                .directory(ROOT.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Command(process.waitFor(), output);
    }
}
