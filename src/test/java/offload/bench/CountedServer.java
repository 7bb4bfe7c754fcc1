package offload.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import offload.testing.ServerProcess;

/** A server that runs with the {@link StepAgent}. Closing kills it: what it still had to do is of no interest. */
final class CountedServer implements AutoCloseable {
    private final ServerProcess server;
    private final Path data;
    private final int agentPort;

    private CountedServer(ServerProcess server, Path data, int agentPort) {
        this.server = server;
        this.data = data;
        this.agentPort = agentPort;
    }

    /** Starts it in {@code folder}, with the upstream at {@code upstreamPort}. */
    static CountedServer start(Path folder, int upstreamPort) throws IOException {
        Path port = folder.resolve("agent.port");
        Path data = folder.resolve("data");
        ServerProcess server = ServerProcess.start(
                data,
                Map.of(
                        "OFFLOAD_UPSTREAM_URL",
                        "http://127.0.0.1:" + upstreamPort + "/v1",
                        // Its turns must not end by the clock: on a slow machine that would be in the midst of the
                        // counting.
                        "OFFLOAD_TIMEOUT_DEFAULT",
                        "1 h",
                        "OFFLOAD_TIMEOUT_MAX",
                        "1 h",
                        "JAVA_TOOL_OPTIONS",
                        "-javaagent:" + agent(folder.resolve("agent.jar")) + "=" + port));
        return new CountedServer(server, data, Integer.parseInt(Files.readString(port)));
    }

    /** The agent's class is on the class path: only its name is in the archive. */
    private static Path agent(Path jar) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(new Attributes.Name("Premain-Class"), StepAgent.class.getName());
        try (OutputStream out = Files.newOutputStream(jar)) {
            new JarOutputStream(out, manifest).close();
        }
        return jar;
    }

    int port() {
        return server.port();
    }

    /** What it has done so far. */
    Effort effort() throws IOException {
        return Effort.soFar(server.pid(), agentPort);
    }

    /** The file that is served as {@code path}, {@code /1/r/...}. */
    Path file(String path) {
        return data.resolve(path.substring("/1/r/".length()));
    }

    @Override
    public void close() throws InterruptedException {
        server.kill();
    }
}
