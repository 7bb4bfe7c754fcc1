package offload.proxies;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import offload.testing.Until;
import org.jspecify.annotations.Nullable;

/**
 * One of the proxies, started with its file from {@code config/}: only addresses and folders are put in place of the
 * file's examples, and each of these must stand there. Where the program is missing, the test is skipped.
 */
final class Proxy implements AutoCloseable {
    private static final Path CONFIG =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolve("config");

    /** The programs, by the name of Debian's command. */
    enum Kind {
        NGINX("nginx.conf"),
        CADDY("Caddyfile"),
        HAPROXY("haproxy.cfg");

        private final String file;

        Kind(String file) {
            this.file = file;
        }

        String command() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    private final Process process;
    private final Path output;
    private final int port;

    private Proxy(Process process, Path output, int port) {
        this.process = process;
        this.output = output;
        this.port = port;
    }

    /** Skips the running test where {@code kind} is not installed. */
    static void need(Kind kind) {
        assumeTrue(program(kind) != null, kind.command() + " is not installed (scripts/proxies-install)");
    }

    /** Starts it in front of the servers at {@code ports}; {@code folder} is for its own files. */
    static Proxy start(Kind kind, Path folder, Path data, int... ports) throws IOException {
        Files.createDirectories(folder);
        int port = freePort();
        String config = Files.readString(CONFIG.resolve(kind.file));
        Path file = folder.resolve(kind.file);
        List<String> command = switch (kind) {
            case NGINX -> {
                config = put(config, "listen 80;", "listen 127.0.0.1:" + port + ";");
                config = put(config, "alias /var/lib/offload/;", "alias " + data + "/;");
                Files.writeString(file, put(config, "server 127.0.0.1:8080", "server 127.0.0.1:" + ports[0]));
                Path main = folder.resolve("main.conf");
                Files.writeString(main, nginxMain(folder, file));
                yield List.of("-c", main.toString(), "-p", folder.toString());
            }
            case CADDY -> {
                config = put(
                        config,
                        "\n:80 {",
                        "\n{\n\tadmin off\n\tauto_https off\n}\n\n:" + port + " {\n\tbind 127.0.0.1");
                Files.writeString(file, put(config, " 127.0.0.1:8080 {", servers(ports) + " {"));
                yield List.of("run", "--config", file.toString(), "--adapter", "caddyfile");
            }
            case HAPROXY -> {
                config = put(config, "bind :80\n", "bind 127.0.0.1:" + port + "\n");
                config = put(config, "127.0.0.1:8080", "127.0.0.1:" + ports[0]);
                if (ports.length > 1) {
                    config = put(config, "# server two 127.0.0.1:8081", "server two 127.0.0.1:" + ports[1]);
                }
                Files.writeString(file, config);
                yield List.of("-db", "-f", file.toString());
            }
        };
        return run(kind, command, folder, port);
    }

    private static String servers(int... ports) {
        StringBuilder servers = new StringBuilder();
        for (int port : ports) {
            servers.append(" 127.0.0.1:").append(port);
        }
        return servers.toString();
    }

    /** What Debian's nginx.conf gives around the file; the workers may read the tests' folders. */
    private static String nginxMain(Path folder, Path site) {
        String user = "root".equals(System.getProperty("user.name")) ? "user root;\n" : "";
        StringBuilder main = new StringBuilder(user)
                .append("daemon off;\npid " + folder
                        + "/pid;\nworker_processes 1;\nevents {}\nhttp {\naccess_log off;\n");
        for (String kind : List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")) {
            main.append(kind + "_temp_path " + folder.resolve(kind) + ";\n");
        }
        return main.append("include " + site + ";\n}\n").toString();
    }

    private static Proxy run(Kind kind, List<String> arguments, Path folder, int port) throws IOException {
        List<String> command = Stream.concat(Stream.of(String.valueOf(program(kind))), arguments.stream())
                .toList();
        Path output = folder.resolve("output");
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("HOME", folder.toString());
        Process process = builder.redirectOutput(output.toFile()).start();
        Until.holds(kind.command() + " listens", () -> !process.isAlive() || listens(port));
        assertTrue(process.isAlive(), () -> kind.command() + " did not start: " + read(output));
        return new Proxy(process, output, port);
    }

    private static String read(Path output) {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static String put(String config, String example, String real) {
        assertTrue(config.contains(example), () -> "the file does not hold " + example);
        return config.replace(example, real);
    }

    /** Below those that the kernel gives to whoever asks for any: between this look and the program's own, nobody gets it. */
    private static int freePort() throws IOException {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (BindException e) {
                // Somebody's: another one.
            }
        }
    }

    private static @Nullable Path program(Kind kind) {
        return Stream.concat(
                        Stream.of("/usr/sbin", "/usr/bin"),
                        Stream.of(System.getenv("PATH").split(":")))
                .map(folder -> Path.of(folder, kind.command()))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
    }

    /** Waits until the last that HAProxy has said of {@code server} is that it is {@code state}, {@code UP} or {@code DOWN}. */
    void awaitServer(String server, String state) {
        Pattern said = Pattern.compile("Server " + Pattern.quote(server) + " is (UP|DOWN)");
        Until.holds("the proxy says that " + server + " is " + state, () -> {
            String last = "";
            for (Matcher line = said.matcher(read(output)); line.find(); ) {
                last = line.group(1);
            }
            return last.equals(state);
        });
    }

    /** {@code path} as its clients name it. */
    URI url(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(5, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
