package offload.bench;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** nginx beside Offload: as a proxy without buffering, for static files, and with Nchan where that is installed. */
final class NginxPeer implements AutoCloseable {
    private static final Path NCHAN = Path.of("/usr/lib/nginx/modules/ngx_nchan_module.so");

    private final Process process;
    private final int port;
    private final Path folder;

    private NginxPeer(Process process, int port, Path folder) {
        this.process = process;
        this.port = port;
        this.folder = folder;
    }

    /** Whether nginx is installed. */
    static boolean isInstalled() {
        return Files.isExecutable(Path.of("/usr/sbin/nginx"));
    }

    static boolean hasNchan() {
        return isInstalled() && Files.exists(NCHAN);
    }

    /** Starts nginx in front of the upstream at {@code upstreamPort}. */
    static NginxPeer start(int upstreamPort) throws IOException {
        Path folder = Files.createTempDirectory("offload-bench-nginx");
        Files.createDirectories(folder.resolve("www"));
        // Its workers may run as another user.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Files.writeString(folder.resolve("nginx.conf"), configuration(port, upstreamPort));
        Process process = new ProcessBuilder("/usr/sbin/nginx", "-p", folder.toString(), "-c", "nginx.conf")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile())
                .start();
        try {
            BenchProcess.awaitListening("nginx", port);
        } catch (IOException e) {
            process.destroy();
            throw new IOException(e.getMessage() + ": " + Files.readString(folder.resolve("out")), e);
        }
        return new NginxPeer(process, port, folder);
    }

    private static String configuration(int port, int upstreamPort) {
        String nchan = hasNchan() ? """
                  location = /pub { nchan_publisher; nchan_channel_id $arg_id; nchan_message_buffer_length 10000; }
                  location = /sub { nchan_subscriber eventsource; nchan_channel_id $arg_id;
                    nchan_subscriber_first_message oldest; nchan_eventsource_ping_interval 0; }
                  """ : "";
        return (hasNchan() ? "load_module " + NCHAN + ";\n" : "")
                + """
                  daemon off; worker_processes 2; worker_rlimit_nofile 60000; pid nginx.pid; error_log error.log warn;
                  events { worker_connections 20000; }
                  http {
                    access_log off; sendfile on; tcp_nodelay on; keepalive_timeout 300s; keepalive_requests 100000000;
                    client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fcgi; uwsgi_temp_path uwsgi;
                    scgi_temp_path scgi;
                    upstream up { server 127.0.0.1:UPSTREAM; keepalive 20000; }
                    server {
                      listen 127.0.0.1:PORT backlog=16384 reuseport; root www; open_file_cache max=1000;
                      location /v1/ { proxy_pass http://up; proxy_http_version 1.1; proxy_set_header Connection "";
                        proxy_buffering off; proxy_read_timeout 300s; }
                      NCHAN
                    }
                  }
                  """.replace("UPSTREAM", Integer.toString(upstreamPort))
                        .replace("PORT", Integer.toString(port))
                        .replace("NCHAN", nchan);
    }

    /** Its name in the table: a fan-out is Nchan's. */
    static String productFor(Work work) {
        return work.isFanOut() ? "nchan" : "nginx";
    }

    /** Whether it can do the work. */
    static boolean takes(Work work) {
        return !work.isAlone() && (!work.isFanOut() && work.beside().isEmpty() || hasNchan());
    }

    Target target(Work work) {
        String url = work.isFanOut() ? "/sub?id=" + System.nanoTime() : "/v1/chat/completions";
        return target(productFor(work), work.isFanOut() ? "nchan" : "proxy", url);
    }

    /** Serves {@code file} as a static one. */
    Target replay(Path file) throws IOException {
        String name = "replay-" + System.nanoTime() + ".txt";
        Files.copy(file, folder.resolve("www").resolve(name));
        return target("nginx", "replay", "/" + name);
    }

    private Target target(String product, String mode, String path) {
        return new Target(product, mode, "http://127.0.0.1:" + port + path, process.pid(), "");
    }

    static String version() throws IOException, InterruptedException {
        String nginx = BenchProcess.run(List.of("/usr/sbin/nginx", "-v")).replaceAll(".*nginx/", "nginx ");
        return hasNchan() ? nginx + ", Nchan " + packagedNchan() : nginx;
    }

    /** The module itself does not tell its version. */
    private static String packagedNchan() throws InterruptedException {
        try {
            return BenchProcess.run(List.of("dpkg-query", "-W", "-f", "${Version}", "libnginx-mod-nchan"));
        } catch (IOException e) {
            return "of unknown version";
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        process.waitFor(10, TimeUnit.SECONDS);
    }
}
