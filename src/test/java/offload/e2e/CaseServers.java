package offload.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import offload.files.DataFolder;
import offload.keys.KeyFault;
import offload.keys.KeyFolder;
import offload.testing.BlackHole;
import offload.testing.ScriptedUpstream;
import offload.testing.Until;
import org.jspecify.annotations.Nullable;

/**
 * The servers of one file of cases, each started when the first case asks for it, and the upstream that they share. One
 * thread at a time.
 */
final class CaseServers implements AutoCloseable {
    private final Map<String, Map<String, Object>> configurations;
    private final Map<String, RunningServer> running = new HashMap<>();
    private final Map<String, Path> folders = new HashMap<>();
    private final Map<String, String> serviceKeys = new HashMap<>();
    private final List<Closing> closing = new ArrayList<>();
    private @Nullable BlackHole blackHole;
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
        Object shared = configurations.getOrDefault(name, Map.of()).get("data-of");
        return folders.computeIfAbsent(shared == null ? name : shared.toString(), CaseServers::newFolder);
    }

    /** Ends the server in good order and starts it again on its folder. */
    void restart(String name) {
        Objects.requireNonNull(running.remove(name), "a server that runs").close();
        port(name);
    }

    /** The server goes down, on a thread of its own; {@link #awaitClosed} waits for the end. */
    void close(String name) {
        RunningServer server = Objects.requireNonNull(running.get(name), "a server that runs");
        closing.add(new Closing(name, Thread.startVirtualThread(server::close)));
    }

    void awaitClosed() {
        for (Closing server : closing) {
            Until.holds(
                    "the end of the server " + server.name(),
                    () -> !server.thread().isAlive());
            running.remove(server.name());
        }
        closing.clear();
    }

    private record Closing(String name, Thread thread) {}

    /** The service key of somebody whom the server's {@code keys} name. */
    String serviceKey(String holder) {
        return Objects.requireNonNull(serviceKeys.get(holder), "nobody has such a key: " + holder);
    }

    Map<String, String> serviceKeys() {
        return Map.copyOf(serviceKeys);
    }

    /** Takes a service key out of force, as another process would. */
    void revoke(String server, String holder) {
        try {
            keyFolder(server).revoke(holder);
        } catch (IOException | KeyFault e) {
            throw new AssertionError(e);
        }
    }

    private KeyFolder keyFolder(String server) throws IOException {
        return new KeyFolder(new DataFolder(folder(server)).keys(), InstantSource.system());
    }

    private void makeKeys(String server, Map<String, Object> holders) {
        try {
            for (Map.Entry<String, Object> holder : holders.entrySet()) {
                Map<String, Object> limits = CaseFile.map(holder.getValue());
                Object quota = limits.get("quota");
                Object rate = limits.get("rate");
                KeyFolder.Created key = keyFolder(server)
                        .create(
                                holder.getKey(),
                                quota == null ? null : Long.valueOf(quota.toString()),
                                rate == null ? null : Integer.valueOf(rate.toString()));
                serviceKeys.put(holder.getKey(), key.text());
            }
        } catch (IOException | KeyFault e) {
            throw new AssertionError(e);
        }
    }

    private RunningServer start(String name) {
        Object holders = configuration(name).get("keys");
        if (holders != null && !folders.containsKey(name)) {
            makeKeys(name, CaseFile.map(holders));
        }
        return RunningServer.start(configured(name, configuration(name)));
    }

    /** What stops a start with {@code more} in its configuration; fails where nothing does. */
    String startFails(Map<String, Object> more) {
        try (RunningServer server = RunningServer.start(configured("start-fails", more))) {
            throw new IllegalStateException("it started, on port " + server.port());
        } catch (AssertionError e) {
            return String.valueOf(e.getMessage());
        }
    }

    private Map<String, String> configured(String name, Map<String, Object> more) {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("port", "0");
        keys.put("data-dir", folder(name).toString());
        keys.put("upstream.url", upstream().base().toString());
        keys.put("shutdown-grace", "0");
        keys.put("limits.turns", "1000");
        more.forEach((key, value) -> keys.put(key, String.valueOf(value)));
        keys.replaceAll(
                (key, value) -> value.equals("scripted") ? upstream().base().toString() : value);
        keys.replace("upstream.url", "black-hole", "http://127.0.0.1:" + blackHole() + "/v1");
        keys.keySet().removeAll(List.of("data-of", "keys"));
        return keys;
    }

    private int blackHole() {
        try {
            if (blackHole == null) {
                blackHole = BlackHole.open();
            }
            return blackHole.port();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
        awaitClosed();
        running.values().forEach(RunningServer::close);
        closeQuietly(blackHole);
        if (upstream != null) {
            upstream.close();
        }
        folders.values().forEach(CaseServers::remove);
    }

    private static void closeQuietly(@Nullable BlackHole hole) {
        try {
            if (hole != null) {
                hole.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
