package offload.e2e;

import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import offload.BadConfiguration;
import offload.OffloadConfig;
import offload.Wiring;

/** A server in this process, put together as in production and configured by variables as an operator would. */
record RunningServer(Wiring wiring) implements AutoCloseable {

    /** Starts a server whose configuration has {@code keys} beside the defaults. */
    static RunningServer start(Map<String, String> keys) {
        Map<String, String> environment = new HashMap<>();
        keys.forEach((key, value) -> environment.put(variable(key), value));
        try {
            return new RunningServer(
                    Wiring.start(OffloadConfig.draft(null, environment::get).usable()));
        } catch (IOException | BadConfiguration e) {
            throw new AssertionError("the server did not start: " + e.getMessage(), e);
        }
    }

    private static String variable(String key) {
        return "OFFLOAD_" + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    int port() {
        return wiring.port();
    }

    @Override
    public void close() {
        wiring.close();
    }
}
