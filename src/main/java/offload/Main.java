package offload;

import io.helidon.logging.common.LogConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The command line: {@code serve}, which is also what no argument means. */
public final class Main {
    /** EX_TEMPFAIL of sysexits.h: whoever supervises the process starts it again, with a folder of its own. */
    private static final int LOST = 75;

    private Main() {}

    /** Runs until the process is told to end. */
    public static void main(String[] arguments) throws InterruptedException {
        LogConfig.configureRuntime();
        try {
            OffloadConfig config = OffloadConfig.load(configFile(), System::getenv);
            Wiring server = Wiring.start(config);
            CountDownLatch closed = new CountDownLatch(1);
            AtomicInteger exit = new AtomicInteger();
            server.onLost(() -> {
                exit.set(LOST);
                Thread.ofPlatform().name("shutdown").start(() -> end(server, closed));
            });
            Signals.handle(() -> end(server, closed));
            System.out.println("Offload listens on http://" + config.http().host() + ":" + server.port());
            closed.await();
            System.exit(exit.get());
        } catch (BadConfiguration | IOException e) {
            System.err.println("offload: " + e.getMessage());
            System.exit(2);
        }
    }

    private static void end(Wiring server, CountDownLatch closed) {
        try {
            server.close();
        } finally {
            closed.countDown();
        }
    }

    private static @Nullable Path configFile() {
        String named = System.getenv("OFFLOAD_CONFIG");
        if (named != null && !named.isBlank()) {
            return Path.of(named);
        }
        Path usual = Path.of("config", "application.yaml");
        return Files.exists(usual) ? usual : null;
    }
}
