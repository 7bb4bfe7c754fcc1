package offload.cli;

import java.net.URI;
import picocli.CommandLine.Option;

/** Which server a client's command speaks to, and with which keys. Keys come from variables: arguments can be seen. */
final class ServerAddress {
    @Option(
            names = "--server",
            paramLabel = "URL",
            defaultValue = "${env:OFFLOAD_SERVER:-http://127.0.0.1:8080}",
            description = "The server's base URL; else OFFLOAD_SERVER, else http://127.0.0.1:8080.")
    private String server = "";

    URI base() {
        return web(server.replaceFirst("/+$", ""));
    }

    /** {@code text} as a URL of a server; a {@link CommandFault} for anything else. */
    static URI web(String text) {
        try {
            URI uri = URI.create(text);
            if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Told below.
        }
        throw new CommandFault("\"" + text + "\" is no http or https URL", CommandFault.UNUSABLE);
    }
}
