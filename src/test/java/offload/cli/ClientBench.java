package offload.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import offload.cli.terminal.Terminal;

/** A client's command with all that it meets: a server that answers what the test says, and the streams that it prints on. */
final class ClientBench implements AutoCloseable {
    static final String TURN = "/1/r/pub/2026/01/01/00/00/00/x";

    private final HttpServer server;
    private final Queue<String> answers = new ConcurrentLinkedQueue<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /** A request: its method and target, its fields, its body. */
    record Asked(String line, Headers fields, String body) {}

    ClientBench() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.add(new Asked(
                exchange.getRequestMethod() + " " + exchange.getRequestURI(),
                exchange.getRequestHeaders(),
                new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
        String next = answers.isEmpty() ? "500 the test gave no answer" : answers.remove();
        int status = Integer.parseInt(next.substring(0, 3));
        byte[] body = next.substring(4).getBytes(UTF_8);
        exchange.sendResponseHeaders(status, status == 204 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** What comes next, each a status and a body. */
    ClientBench answers(String... next) {
        answers.addAll(List.of(next));
        return this;
    }

    String base() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    String url(String path) {
        return base() + path;
    }

    /** Runs the command where no terminal is. */
    int run(String... arguments) {
        return run("", false, false, arguments);
    }

    int run(String in, boolean isOutShown, boolean isErrShown, String... arguments) {
        return OffloadCommand.run(arguments, new NoInstallation(), terminal(in, isOutShown, isErrShown), () -> 0);
    }

    /** What is printed on it is {@link #out} and {@link #err}. */
    Terminal terminal(String in, boolean isOutShown, boolean isErrShown) {
        return new Terminal(
                new ByteArrayInputStream(in.getBytes(UTF_8)),
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                isOutShown,
                isErrShown);
    }

    List<Asked> asked() {
        return List.copyOf(asked);
    }

    List<String> lines() {
        return asked.stream().map(Asked::line).toList();
    }

    String out() {
        return out.toString(UTF_8);
    }

    String err() {
        return err.toString(UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
