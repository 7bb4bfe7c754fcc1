package offload.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The product as a process of its own, as a user starts it: the same JVM options, variables, arguments, streams. */
public final class OffloadProcess implements AutoCloseable {
    private static final Pattern LISTENS = Pattern.compile("Offload listens on (http://\\S+)");
    private static final long PATIENCE_SECONDS = 60;

    private final Process process;
    private final Path out;
    private final Path err;

    private OffloadProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** What a command left behind. */
    public record Result(int code, String out, String err) {}

    /** Starts {@code offload} with {@code arguments}; {@code input} is piped in. */
    public static OffloadProcess start(Map<String, String> variables, String input, String... arguments) {
        return startMain("offload.Main", variables, input, arguments);
    }

    /** The same of another {@code main} class, for what no user can bring about. */
    public static OffloadProcess startMain(
            String main, Map<String, String> variables, String input, String... arguments) {
        return startUnder(List.of(), main, variables, input, arguments);
    }

    private static OffloadProcess startUnder(
            List<String> program, String main, Map<String, String> variables, String input, String... arguments) {
        try {
            List<String> command = new ArrayList<>(program);
            command.addAll(List.of(
                    ProcessHandle.current().info().command().orElse("java"),
                    "@config/jvm.options",
                    "-Xmx128m",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    main));
            command.addAll(List.of(arguments));
            Path out = Files.createTempFile("offload-out", ".txt");
            Path err = Files.createTempFile("offload-err", ".txt");
            ProcessBuilder builder = new ProcessBuilder(command);
            builder.environment().keySet().removeIf(name -> name.startsWith("OFFLOAD_"));
            builder.environment().putAll(variables);
            builder.redirectOutput(out.toFile()).redirectError(err.toFile());
            Process process = builder.start();
            try (var pipe = process.getOutputStream()) {
                pipe.write(input.getBytes(StandardCharsets.UTF_8));
            }
            return new OffloadProcess(process, out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a command to its end. */
    public static Result run(Map<String, String> variables, String... arguments) {
        return runWith(variables, "", arguments);
    }

    /** Runs a command to its end, with {@code input} piped in. */
    public static Result runWith(Map<String, String> variables, String input, String... arguments) {
        try (OffloadProcess process = start(variables, input, arguments)) {
            return process.result();
        }
    }

    /** Runs a command to its end as {@code program} does what follows it, {@code strace} or {@code setpriv} with their options. */
    public static Result runUnder(List<String> program, Map<String, String> variables, String... arguments) {
        try (OffloadProcess process = startUnder(program, "offload.Main", variables, "", arguments)) {
            return process.result();
        }
    }

    /** Waits for the end. */
    public Result result() {
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("did not end: " + out() + err());
            }
            return new Result(process.exitValue(), out(), err());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Waits until it listens, and says where. */
    public URI base() {
        return URI.create(Until.present("a server that listens", () -> {
            Matcher line = LISTENS.matcher(out());
            if (!process.isAlive() && !line.find(0)) {
                throw new IllegalStateException("ended: " + err());
            }
            return line.find(0) ? line.group(1) : null;
        }));
    }

    /** What it printed by now. */
    public String out() {
        return read(out);
    }

    /** What it said on standard error by now. */
    public String err() {
        return read(err);
    }

    /** Sends a signal, such as {@code HUP}. */
    public void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
            Files.deleteIfExists(out);
            Files.deleteIfExists(err);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
