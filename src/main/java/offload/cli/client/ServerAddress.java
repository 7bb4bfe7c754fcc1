package offload.cli.client;

import java.net.URI;
import java.util.function.Supplier;
import offload.cli.terminal.CommandFault;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which server a client's command speaks to. */
final class ServerAddress {
    private static final int HIGHEST_PORT = 65_535;

    @Option(
            names = "--server",
            paramLabel = "URL",
            defaultValue = "${env:OFFLOAD_SERVER}",
            description = "The server's base URL; else OFFLOAD_SERVER, else where the configuration has one listen.")
    private @Nullable String server;

    /** The server that was named; else the one at {@code configured}. */
    URI base(Supplier<String> configured) {
        String named = server == null || server.isBlank() ? configured.get() : server;
        return web(named.replaceFirst("/+$", ""));
    }

    /** {@code text} as a URL of a server; a {@link CommandFault} for anything else. */
    static URI web(String text) {
        try {
            URI uri = URI.create(text);
            boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            if (uri.getHost() != null && web && uri.getPort() <= HIGHEST_PORT) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Told below.
        }
        throw new CommandFault("\"" + text + "\" is no http or https URL", CommandFault.UNUSABLE);
    }
}
