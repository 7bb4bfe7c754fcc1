package offload.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import offload.testing.ScriptedUpstream;
import org.jspecify.annotations.Nullable;

/**
 * The servers of one file of cases, each started when the first case asks for it, and the upstream that they share. One
 * thread at a time.
 */
final class CaseServers implements AutoCloseable {
    private final Map<String, Map<String, Object>> configurations;
    private final Map<String, RunningServer> running = new HashMap<>();
    private final Map<String, Path> folders = new HashMap<>();
    private @Nullable ScriptedUpstream upstream;

    CaseServers(Map<String, Map<String, Object>> configurations) {
        this.configurations = configurations;
    }

    ScriptedUpstream upstream() {
        try {
            if (upstream == null) {
                upstream = ScriptedUpstream.start();
            }
            return upstream;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The port of the server {@code name}, which is started if need be. */
    int port(String name) {
        return running.computeIfAbsent(name, this::start).port();
    }

    /** The data folder of the server {@code name}. */
    Path folder(String name) {
        Object shared = configuration(name).get("data-of");
        return folders.computeIfAbsent(shared == null ? name : shared.toString(), CaseServers::newFolder);
    }

    /** Ends the server in good order and starts it again on its folder. */
    void restart(String name) {
        Objects.requireNonNull(running.remove(name), "a server that runs").close();
        port(name);
    }

    private RunningServer start(String name) {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("port", "0");
        keys.put("data-dir", folder(name).toString());
        keys.put("upstream.url", upstream().base().toString());
        keys.put("shutdown-grace", "0");
        keys.put("limits.turns", "1000");
        configuration(name).forEach((key, value) -> keys.put(key, String.valueOf(value)));
        keys.remove("data-of");
        return RunningServer.start(keys);
    }

    private Map<String, Object> configuration(String name) {
        return Objects.requireNonNull(configurations.get(name), "no such server: " + name);
    }

    private static Path newFolder(String name) {
        try {
            return Files.createTempDirectory("offload-" + name + "-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        running.values().forEach(RunningServer::close);
        if (upstream != null) {
            upstream.close();
        }
        folders.values().forEach(CaseServers::remove);
    }

    private static void remove(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
