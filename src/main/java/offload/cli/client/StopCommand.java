package offload.cli.client;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.concurrent.Callable;
import offload.cli.terminal.Terminal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stop}: ends a turn; what has come is kept. */
@Command(
        name = "stop",
        mixinStandardHelpOptions = true,
        description = "Stops a turn that runs. What has come is kept, and the turn ends as done, cancelled.")
final class StopCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Option(names = "--token", description = "The bearer token, if the turn is private.")
    private @Nullable String token;

    @Parameters(paramLabel = "URL", description = "The turn's status_url or stop_url.")
    private String url = "";

    StopCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        TurnAddress turn = TurnAddress.of(url, token);
        new Wire()
                .json(Wire.request(turn.stop(), token)
                        .POST(BodyPublishers.noBody())
                        .build());
        terminal.out().println("stopped");
        return 0;
    }
}
