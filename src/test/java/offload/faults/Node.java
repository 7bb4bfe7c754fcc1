package offload.faults;

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
import java.util.spi.ToolProvider;
import offload.testing.Until;

/** A server in a process of its own. What it prints goes to a file. Close it, or it is killed with the test's JVM. */
final class Node implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("Offload listens on http://[^:]+:(\\d+)");

    private final Process process;
    private static final String CLASS_PATH = classPath();

    private final Path output;
    private final int port;

    private Node(Process process, Path output, int port) {
        this.process = process;
        this.output = output;
        this.port = port;
    }

    /** Starts a server on {@code data} and waits until it listens; {@code keys} are environment variables. */
    static Node start(Path data, URI upstream, Map<String, String> keys, String... jvmOptions) throws IOException {
        return startUnder(List.of(), data, upstream, keys, jvmOptions);
    }

    /** The same by a command that becomes the server, such as {@code strace -D}. */
    static Node startUnder(List<String> under, Path data, URI upstream, Map<String, String> keys, String... jvmOptions)
            throws IOException {
        Path output = Files.createTempFile("offload-node", ".log");
        output.toFile().deleteOnExit();
        List<String> command = new ArrayList<>(under);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:+UseSerialGC");
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xmx256m", "-XX:+ExitOnOutOfMemoryError"));
        command.addAll(List.of(jvmOptions));
        command.addAll(List.of("-cp", CLASS_PATH, "offload.Main"));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.redirectErrorStream(true).redirectOutput(output.toFile());
        builder.directory(Path.of(System.getProperty("java.io.tmpdir")).toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("OFFLOAD_"));
        builder.environment()
                .putAll(Map.of(
                        "OFFLOAD_PORT",
                        "0",
                        "OFFLOAD_DATA_DIR",
                        data.toString(),
                        "OFFLOAD_UPSTREAM_URL",
                        upstream.toString(),
                        "OFFLOAD_STORAGE_MIN_FREE",
                        "0"));
        builder.environment().putAll(keys);
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        int port = Until.present("a server that listens", () -> portOf(process, output));
        return new Node(process, output, port);
    }

    private static Integer portOf(Process process, Path output) throws IOException {
        String text = Files.readString(output, StandardCharsets.UTF_8);
        Matcher listening = LISTENING.matcher(text);
        if (listening.find()) {
            return Integer.valueOf(listening.group(1));
        }
        if (!process.isAlive()) {
            throw new IOException("the server ended: " + text);
        }
        return null;
    }

    URI url(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Sends a signal by its name. */
    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start().waitFor();
    }

    /** SIGKILL, and the end of the process. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** Waits for the end of the process and returns its exit status. */
    int awaitExit() throws InterruptedException {
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new AssertionError("the server does not end:\n" + output());
        }
        return process.exitValue();
    }

    /** What each thread of the process does, virtual ones as well: for a server that does not answer. */
    String threads() {
        try {
            Path dump = Files.createTempDirectory("offload-threads").resolve("threads.txt");
            String jcmd =
                    Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
            new ProcessBuilder(jcmd, Long.toString(pid()), "Thread.dump_to_file", dump.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
            return Files.readString(dump, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "no dump of its threads: " + e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    String output() {
        try {
            return Files.readString(output, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }

    /** With the server in a jar, as it is delivered: classes in folders are opened one by one, also when no file can be. */
    private static String classPath() {
        try {
            Path jar = Files.createTempFile("offload-classes", ".jar");
            jar.toFile().deleteOnExit();
            String classes = Path.of("target", "classes").toAbsolutePath().toString();
            ToolProvider tool = ToolProvider.findFirst("jar").orElseThrow();
            int status = tool.run(System.out, System.err, "--create", "--file", jar.toString(), "-C", classes, ".");
            if (status != 0) {
                throw new IllegalStateException("jar ended with " + status);
            }
            return System.getProperty("java.class.path").replace(classes, jar.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
