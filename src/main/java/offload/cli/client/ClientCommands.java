package offload.cli.client;

import java.util.List;
import java.util.function.Supplier;
import offload.cli.terminal.Terminal;

/** The commands of the client, which work on the turns of a server. For one thread. */
public final class ClientCommands {
    private ClientCommands() {}

    /**
     * All of them, in the order in which they are shown, for picocli.
     *
     * @param address the base URL of the server that the configuration describes; asked for where no other is named
     */
    public static List<Object> of(Supplier<String> address, Terminal terminal) {
        return List.of(
                new AskCommand(address, terminal),
                new TailCommand(terminal),
                new StatusCommand(terminal),
                new StopCommand(terminal));
    }
}
