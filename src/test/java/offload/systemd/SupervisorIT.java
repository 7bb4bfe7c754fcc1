package offload.systemd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import offload.testing.LoggedLines;
import offload.testing.OffloadProcess;
import offload.testing.Until;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SupervisorIT {
    @TempDir
    Path folder = Path.of("");

    private final List<String> heard = new ArrayList<>();

    @Test
    void the_service_manager_hears_ready_watchdog_reloading_and_stopping() throws Throwable {
        Path path = folder.resolve("notify");
        try (DatagramSocketFile socket = new DatagramSocketFile(path);
                OffloadProcess server = OffloadProcess.start(
                        Map.of(
                                "NOTIFY_SOCKET", path.toString(),
                                "WATCHDOG_USEC", "600000",
                                "OFFLOAD_PORT", "0",
                                "OFFLOAD_SHUTDOWN_GRACE", "0",
                                "OFFLOAD_UPSTREAM_URL", "embedded",
                                "OFFLOAD_DATA_DIR", folder.resolve("data").toString()),
                        "",
                        "serve")) {
            hear(socket, "READY=1");
            assertEquals("READY=1", heard.getFirst());
            hear(socket, "WATCHDOG=1");
            server.signal("HUP");
            hear(socket, "RELOADING=1\nMONOTONIC_USEC=");
            String said = heard.getLast();
            long age = System.nanoTime() / 1000 - Long.parseLong(said.substring(said.lastIndexOf('=') + 1));
            assertTrue(age >= 0 && age < 60_000_000, "microseconds of the machine's own clock: " + said);
            hear(socket, "READY=1");
            server.signal("TERM");
            hear(socket, "STOPPING=1");
            assertEquals(0, server.result().code());
        }
    }

    @Test
    void a_probe_that_fails_feeds_nothing_and_one_that_holds_feeds_again() throws Throwable {
        Path path = folder.resolve("notify");
        try (DatagramSocketFile socket = new DatagramSocketFile(path)) {
            AtomicInteger probes = new AtomicInteger();
            Supervisor supervisor = Supervisor.of(Map.of("NOTIFY_SOCKET", path.toString(), "WATCHDOG_USEC", "30000"));
            supervisor.feedWatchdog(() -> {
                if (probes.incrementAndGet() == 4) {
                    Thread.currentThread().interrupt();
                }
                return probes.get() > 3;
            });
            Until.holds("the last probe", () -> probes.get() == 4);
            hear(socket, "WATCHDOG=1");
            assertEquals("", socket.poll(), "what was told of those that failed");
            assertEquals(4, probes.get());
        }
    }

    @Test
    void a_socket_with_an_abstract_name_hears_too() throws Throwable {
        String name = "offload-" + UUID.randomUUID();
        try (DatagramSocketFile socket = new DatagramSocketFile("\0" + name)) {
            Supervisor.of(Map.of("NOTIFY_SOCKET", "@" + name)).tell("READY=1");
            hear(socket, "READY=1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nowhere/notify", "@nobody-is-there", "/longer-than-a-socket-may-be-called"})
    void that_nobody_hears_is_logged_and_no_reason_to_end(String name) {
        String socket = name.contains("longer") ? name.repeat(5) : name;
        try (LoggedLines log = LoggedLines.of(Supervisor.class)) {
            Supervisor.of(Map.of("NOTIFY_SOCKET", socket)).tell("READY=1");
            assertEquals(1, log.all().size());
            assertTrue(log.all().getFirst().startsWith("the service manager was not told READY=1: "), log.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "relative", "vsock:2:9999"})
    void what_is_no_such_socket_is_left_alone(String name) {
        try (LoggedLines log = LoggedLines.of(Supervisor.class)) {
            Supervisor.of(Map.of("NOTIFY_SOCKET", name)).tell("READY=1");
            assertEquals(List.of(), log.all());
        }
    }

    /** Else one that comes late ends a server that is well. */
    @Test
    void the_watchdog_is_fed_within_its_time() {
        List<Long> probes = new CopyOnWriteArrayList<>();
        Supervisor supervisor = Supervisor.of(Map.of("NOTIFY_SOCKET", "@nobody-is-there", "WATCHDOG_USEC", "6000000"));
        supervisor.feedWatchdog(() -> {
            probes.add(System.nanoTime());
            if (probes.size() == 2) {
                Thread.currentThread().interrupt();
            }
            return false;
        });
        Until.holds("the second probe", () -> probes.size() == 2);
        long apart = probes.getLast() - probes.getFirst();
        assertTrue(apart < TimeUnit.SECONDS.toNanos(6), apart + " ns");
    }

    private void hear(DatagramSocketFile socket, String word) {
        Until.holds(word, () -> {
            String said = socket.poll();
            if (!said.isEmpty()) {
                heard.add(said);
            }
            return said.startsWith(word);
        });
    }
}
