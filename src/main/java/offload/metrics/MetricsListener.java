package offload.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Serves {@code GET /metrics}, and HEAD, on a port of its own, by the JDK's small web server: what watches the server must not stand
 * in line with its clients, and need not be reached from where they are.
 */
public final class MetricsListener implements AutoCloseable {
    private static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Family> families;

    /** Listens at once; port 0 takes a free one. */
    public MetricsListener(String host, int port, List<Family> families) throws IOException {
        this.families = List.copyOf(families);
        try {
            server = HttpServer.create(new InetSocketAddress(host, port), 0);
        } catch (IOException e) {
            threads.close();
            String address = (host.contains(":") ? '[' + host + ']' : host) + ":" + port;
            throw new IOException("metrics: cannot listen on " + address + ": " + e.getMessage(), e);
        }
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    /** The port that is listened on. */
    public int port() {
        return server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            boolean known = exchange.getRequestURI().getPath().equals("/metrics");
            boolean bare = exchange.getRequestMethod().equals("HEAD");
            boolean reads = bare || exchange.getRequestMethod().equals("GET");
            byte[] body = (known && reads ? text() : "Metrics are at GET /metrics.\n").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", known ? TYPE : "text/plain; charset=utf-8");
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            if (known && !reads) {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
            }
            if (bare) {
                exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
            }
            exchange.sendResponseHeaders(known ? reads ? 200 : 405 : 404, bare ? -1 : body.length);
            exchange.getResponseBody().write(bare ? new byte[0] : body);
        }
    }

    private String text() {
        StringBuilder out = new StringBuilder(8192);
        families.forEach(family -> family.render(out));
        return out.toString();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
