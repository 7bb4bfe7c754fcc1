package offload.systemd;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The service manager that started the process, as {@code sd_notify(3)} describes the talk with it. Where none did, every
 * call does nothing. Any thread.
 */
public final class Supervisor {
    private static final Logger LOG = System.getLogger(Supervisor.class.getName());

    private final @Nullable String socket;
    private final long watchdogMicros;

    private Supervisor(@Nullable String socket, long watchdogMicros) {
        this.socket = socket;
        this.watchdogMicros = watchdogMicros;
    }

    /** From the variables of the process: {@code NOTIFY_SOCKET}, {@code WATCHDOG_USEC}. */
    public static Supervisor of(Map<String, String> environment) {
        String socket = environment.get("NOTIFY_SOCKET");
        String micros = environment.getOrDefault("WATCHDOG_USEC", "");
        boolean usable = socket != null && (socket.startsWith("/") || socket.startsWith("@"));
        return new Supervisor(usable ? socket : null, micros.matches("\\d{1,18}") ? Long.parseLong(micros) : 0);
    }

    /** Says {@code state}, such as {@code READY=1}. What goes wrong is logged: the server is none the worse for it. */
    public void tell(String state) {
        if (socket != null) {
            try {
                NotifySocket.send(socket, state);
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "the service manager was not told " + state + ": " + e.getMessage());
            }
        }
    }

    /** Says that the configuration is being read again ({@code Type=notify-reload} waits for the READY after it). */
    public void tellReloading() {
        tell("RELOADING=1\nMONOTONIC_USEC=" + System.nanoTime() / 1000);
    }

    /**
     * Feeds the watchdog twice within its time, on a thread of its own, whenever {@code probe} answers that all is well.
     * A probe that hangs feeds nothing, which is what the watchdog is for. It goes on until the process ends, or {@code
     * probe} interrupts its thread.
     */
    public void feedWatchdog(Callable<Boolean> probe) {
        if (socket == null || watchdogMicros <= 0) {
            return;
        }
        Thread.ofPlatform().name("watchdog").daemon().start(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                feed(probe);
                LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(watchdogMicros / 3));
            }
        });
    }

    private void feed(Callable<Boolean> probe) {
        try {
            if (probe.call()) {
                tell("WATCHDOG=1");
                return;
            }
            LOG.log(Level.ERROR, "the self-probe failed: the watchdog gets nothing");
        } catch (Exception | Error e) {
            LOG.log(Level.ERROR, "the self-probe failed, the watchdog gets nothing: " + e);
        }
    }
}
