package offload.proxies;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A proxy that keeps a connection for longer than Offload does sends a submission now and then on one that is just being
 * closed, and cannot know whether it was taken: its client gets 502. So it is the proxy that lets go.
 */
class IdleConnectionsTest {
    private static final Path CONFIG = Path.of("config");

    @ParameterizedTest
    @CsvSource({"nginx.conf, keepalive_timeout (\\d+)s;", "Caddyfile, keepalive (\\d+)s"})
    void a_proxy_lets_go_of_an_idle_connection_before_Offload_does(String file, String setting) throws IOException {
        assertTrue(seconds(file, setting) < seconds("application.yaml", "idle-time: (\\d+) s"), file);
    }

    private static int seconds(String file, String setting) throws IOException {
        Matcher found = Pattern.compile(setting).matcher(Files.readString(CONFIG.resolve(file)));
        assertTrue(found.find(), file + " has no " + setting);
        return Integer.parseInt(found.group(1));
    }
}
