package offload.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A server in a process of its own, which can be killed as a power cut or the system's out-of-memory killer would. */
final class ServerProcess implements AutoCloseable {
    private static final String LISTENING = "Offload listens on ";

    private final Process process;
    private final int port;

    private ServerProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts a server and waits until it listens. Its log is appended to the file {@code log}. */
    static ServerProcess start(Path log, Map<String, String> keys) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder(List.of(
                java,
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                "offload.Main"));
        builder.directory(Files.createDirectories(log.resolveSibling("work")).toFile());
        builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("OFFLOAD_"));
        keys.forEach((key, value) -> builder.environment().put(variable(key), value));
        builder.environment().put("OFFLOAD_PORT", "0");
        Process process = builder.start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(LISTENING)) {
                return new ServerProcess(process, Integer.parseInt(line.substring(line.lastIndexOf(':') + 1)));
            }
        }
        throw new AssertionError("the server did not start:\n" + Files.readString(log));
    }

    int port() {
        return port;
    }

    /** SIGKILL, and the end of the process. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    private static String variable(String key) {
        return "OFFLOAD_" + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
