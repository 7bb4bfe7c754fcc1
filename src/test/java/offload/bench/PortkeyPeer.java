package offload.bench;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The Portkey gateway beside Offload, as {@code scripts/bench-peers} has put it in its place. */
final class PortkeyPeer implements AutoCloseable {
    private static final Path PACKAGE = Path.of("target/bench-peers/node_modules/@portkey-ai/gateway");
    private static final Path SERVER = PACKAGE.resolve("build/start-server.js");

    private final Process process;
    private final Target target;

    private PortkeyPeer(Process process, Target target) {
        this.process = process;
        this.target = target;
    }

    static boolean isInstalled() {
        return Files.exists(SERVER);
    }

    /** Starts it; the upstream at {@code upstreamPort} is named in each request. */
    static PortkeyPeer start(int upstreamPort) throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Process process = new ProcessBuilder("node", SERVER.toString(), "--port=" + port, "--headless")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            BenchProcess.awaitListening("Portkey", port);
        } catch (IOException e) {
            process.destroy();
            throw e;
        }
        String headers =
                "x-portkey-provider: openai\r\nx-portkey-custom-host: http://127.0.0.1:" + upstreamPort + "/v1\r\n";
        String url = "http://127.0.0.1:" + port + "/v1/chat/completions";
        return new PortkeyPeer(process, new Target("portkey", "proxy", url, process.pid(), headers));
    }

    Target target() {
        return target;
    }

    static String version() throws IOException, InterruptedException {
        String version = Files.readString(PACKAGE.resolve("package.json"))
                .replaceFirst("(?s).*?\"version\": *\"([^\"]+)\".*", "$1");
        return "Portkey " + version + " on node " + BenchProcess.run(List.of("node", "--version"));
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
