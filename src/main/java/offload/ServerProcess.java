package offload;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import offload.address.HostInUrl;
import offload.cli.JavaCheck;
import offload.cli.VariableCheck;
import offload.cli.terminal.CommandFault;
import offload.cli.terminal.Faults;
import offload.http.listener.HttpServer;
import offload.limits.Descriptors;
import offload.limits.FileLimit;
import offload.logs.Logs;
import offload.settings.Setting;
import offload.systemd.Supervisor;

/** One server as a process: started, told to read its configuration again, told to end. */
final class ServerProcess {
    private static final Logger LOG = System.getLogger(ServerProcess.class.getName());

    /** EX_TEMPFAIL of sysexits.h: whoever supervises the process starts it again, with a folder of its own. */
    private static final int LOST = 75;

    private static final String NOT_TAKEN = "the configuration was read again and NOT taken over, the old one holds: ";

    private final Supplier<OffloadConfig.Draft> configuration;
    private final CountDownLatch toldToEnd = new CountDownLatch(1);
    private final AtomicInteger exit = new AtomicInteger();
    private final CompletableFuture<Runnable> reload = new CompletableFuture<>();

    /** Reads its settings from {@code configuration}, at the start and at each SIGHUP. */
    ServerProcess(Supplier<OffloadConfig.Draft> configuration) {
        this.configuration = configuration;
    }

    /** Serves until the process is told to end, and answers its exit code. A {@link CommandFault} where it cannot start. */
    int run() {
        Descriptors descriptors = Descriptors.OF_PROCESS;
        if (descriptors.areTooFew()) {
            // At once: the settings could not be read either.
            throw cannotStart(descriptors.shortage().orElseThrow());
        }
        FileLimit.OF_PROCESS.shortage().ifPresent(said -> {
            throw cannotStart(said);
        });
        // Before anything else: one that comes while the server starts would end it, and is kept until it serves.
        Signals.onHangup(() -> reload.join().run());
        OffloadConfig.Draft draft = configuration.get();
        try {
            Logs.configure(draft.usable().watch().logs());
            VariableCheck.unread(System.getenv().keySet(), draft.settings())
                    .forEach(said -> LOG.log(Level.WARNING, "environment: " + said));
            descriptors.shortage().ifPresent(said -> LOG.log(Level.WARNING, said));
            JavaCheck.fault(Runtime.version()).ifPresent(said -> LOG.log(Level.WARNING, said));
            serve(begin(draft.config()), draft);
        } catch (BadConfiguration e) {
            throw e.asFault();
        } catch (IOException e) {
            // A full device, a port that is not free yet: what is tried again may succeed, so the exit code says no
            // more.
            throw cannotStart(Faults.sentence(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return exit.get();
    }

    private static Wiring begin(OffloadConfig config) throws IOException, BadConfiguration {
        try {
            return Wiring.start(config);
        } catch (OutOfMemoryError e) {
            // That of the heap ends the process: this is a thread that the system does not give.
            throw new IOException("the system gives it too few threads: raise TasksMax, --pids-limit or ulimit -u", e);
        }
    }

    private static CommandFault cannotStart(String why) {
        return new CommandFault("the server could not start: " + why);
    }

    private void serve(Wiring server, OffloadConfig.Draft start) throws InterruptedException {
        Supervisor supervisor = Supervisor.of(System.getenv());
        server.onLost(() -> {
            exit.set(LOST);
            toldToEnd.countDown();
        });
        Logs.onError(HttpServer.LISTENER, () -> {
            LOG.log(Level.ERROR, "the system gives no more connections: the server ends, to be started again");
            // As where it cannot listen at the start.
            exit.set(CommandFault.FAILED);
            toldToEnd.countDown();
        });
        Signals.onEnd(toldToEnd::countDown);
        try {
            tellReady(server, supervisor, start);
            toldToEnd.await();
        } finally {
            // Here and on no thread of its own: there may be none to be had, which may be why it ends.
            supervisor.tell("STOPPING=1");
            server.close();
        }
    }

    private void tellReady(Wiring server, Supervisor supervisor, OffloadConfig.Draft start) {
        OffloadConfig config = start.config();
        System.out.println("Offload listens on " + url(config.http().host(), server.port()));
        String metricsHost = config.watch().metricsHost();
        server.metricsPort()
                .ifPresent(port -> LOG.log(Level.INFO, "metrics are on " + url(metricsHost, port) + "/metrics"));
        supervisor.tell("READY=1");
        reload.complete(() -> reload(server, supervisor, start.settings()));
        supervisor.feedWatchdog(server::probe);
    }

    private static String url(String host, int port) {
        return "http://" + HostInUrl.of(host) + ":" + port;
    }

    private synchronized void reload(Wiring server, Supervisor supervisor, List<Setting> start) {
        supervisor.tellReloading();
        try {
            OffloadConfig.Draft draft = configuration.get();
            if (draft.faults().isEmpty()) {
                takeOver(server, draft.config(), Reload.waiting(start, draft.settings()));
            } else {
                LOG.log(Level.ERROR, NOT_TAKEN + String.join("; ", draft.faults()));
            }
        } catch (RuntimeException | Error e) {
            // The jars of another version lie where this server's did, say.
            LOG.log(Level.ERROR, NOT_TAKEN + e.getClass().getName() + "; try a restart");
        } finally {
            supervisor.tell("READY=1");
        }
    }

    private static void takeOver(Wiring server, OffloadConfig config, List<String> waiting) {
        try {
            server.adjust(config);
            Logs.configure(config.watch().logs());
            LOG.log(
                    waiting.isEmpty() ? Level.INFO : Level.WARNING,
                    "the configuration was read again and holds from now on"
                            + (waiting.isEmpty()
                                    ? ""
                                    : ", but for what needs a restart: " + String.join(", ", waiting)));
        } catch (IOException e) {
            LOG.log(Level.ERROR, NOT_TAKEN + Faults.sentence(e));
        }
    }
}
