package offload.testing;

import java.io.BufferedReader;
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

/**
 * A whole server in a process of its own, as an operator starts it, from the classes under test. Everything it prints is
 * kept. {@link #close} ends it, kindly at first.
 */
public final class ServerProcess implements AutoCloseable {
    private static final Pattern LISTENS = Pattern.compile("Offload listens on http://\\S+:(\\d+)");

    private final Process process;
    private final Path output;
    private final int port;

    private ServerProcess(Process process, Path output, int port) {
        this.process = process;
        this.output = output;
        this.port = port;
    }

    /** Starts a server on a free port with {@code data} as its folder; {@code variables} are its further environment. */
    public static ServerProcess start(Path data, Map<String, String> variables) throws IOException {
        return start(List.of(), data, variables);
    }

    /** The same, run by {@code prefix}, a command such as {@code strace} with its arguments. */
    public static ServerProcess start(List<String> prefix, Path data, Map<String, String> variables)
            throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:-HeapDumpOnOutOfMemoryError"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "offload.Main", "serve"));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("OFFLOAD_"));
        builder.environment().put("OFFLOAD_PORT", "0");
        builder.environment().put("OFFLOAD_DATA_DIR", data.toString());
        builder.environment().putAll(variables);
        Path empty = Files.createTempDirectory("offload-server");
        builder.directory(empty.toFile());
        Path output = empty.resolve("output");
        Process process = builder.redirectOutput(output.toFile()).start();
        return new ServerProcess(process, output, awaitPort(process, output));
    }

    private static int awaitPort(Process process, Path output) throws IOException {
        int[] port = new int[1];
        Until.holds("the server listens", () -> {
            port[0] = portIn(output);
            return port[0] > 0 || !process.isAlive();
        });
        if (port[0] == 0) {
            throw new IOException("the server did not start:\n" + Files.readString(output));
        }
        return port[0];
    }

    private static int portIn(Path output) {
        try (BufferedReader lines = Files.newBufferedReader(output, StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher match = LISTENS.matcher(line);
                if (match.find()) {
                    return Integer.parseInt(match.group(1));
                }
            }
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The port it listens on. */
    public int port() {
        return port;
    }

    /** {@code http://127.0.0.1:PORT} and {@code path}. */
    public URI url(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /** Its process id. */
    public long pid() {
        return process.pid();
    }

    /** Whether it runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Everything it has printed. */
    public String output() throws IOException {
        return Files.readString(output);
    }

    /** {@code kill -9}. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGTERM. */
    public void terminate() {
        process.destroy();
    }

    /** Waits for its end; the exit code. */
    public int await() throws InterruptedException {
        process.waitFor();
        return process.exitValue();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(5, TimeUnit.SECONDS)) {
            kill();
        }
    }
}
