package offload;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import offload.cli.CommandFault;
import offload.logs.Logs;
import offload.systemd.ServiceManager;
import sun.misc.Signal;

/** One server as a process: started, told to read its configuration again, told to end. */
final class ServerProcess {
    private static final Logger LOG = System.getLogger(ServerProcess.class.getName());

    private final Supplier<OffloadConfig.Draft> configuration;

    /** Reads its settings from {@code configuration}, at the start and at each SIGHUP. */
    ServerProcess(Supplier<OffloadConfig.Draft> configuration) {
        this.configuration = configuration;
    }

    /** Serves until the process is told to end. A {@link CommandFault} where it cannot start. */
    void run() {
        OffloadConfig.Draft draft = configuration.get();
        if (!draft.faults().isEmpty()) {
            throw fault(new BadConfiguration(draft.faults()));
        }
        OffloadConfig config = draft.config();
        Logs.configure(config.watch().logs());
        try {
            serve(Wiring.start(config), config);
        } catch (BadConfiguration | IOException e) {
            throw fault(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static CommandFault fault(Exception e) {
        return new CommandFault(String.valueOf(e.getMessage()), CommandFault.UNUSABLE);
    }

    private void serve(Wiring server, OffloadConfig config) throws InterruptedException {
        ServiceManager manager = ServiceManager.of(System.getenv());
        CountDownLatch closed = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            manager.tell("STOPPING=1");
            server.close();
            closed.countDown();
        }));
        Signal.handle(new Signal("HUP"), _ -> reload(server, manager));
        String host = config.http().host();
        System.out.println("Offload listens on http://" + (host.contains(":") ? "[" + host + "]" : host) + ":"
                + server.port());
        server.metricsPort()
                .ifPresent(port -> LOG.log(
                        Level.INFO, "metrics are on http://" + config.watch().metricsHost() + ":" + port + "/metrics"));
        manager.tell("READY=1");
        manager.feedWatchdog(server::probe);
        closed.await();
    }

    private void reload(Wiring server, ServiceManager manager) {
        manager.tellReloading();
        OffloadConfig.Draft draft = configuration.get();
        if (draft.faults().isEmpty()) {
            Logs.configure(draft.config().watch().logs());
            server.adjust(draft.config());
            LOG.log(Level.INFO, "the configuration was read again and holds from now on");
        } else {
            LOG.log(
                    Level.ERROR,
                    "the configuration was read again and NOT taken over, the old one holds: "
                            + String.join("; ", draft.faults()));
        }
        manager.tell("READY=1");
    }
}
