package offload.cli.client;

import java.io.IOException;
import java.util.concurrent.Callable;
import offload.cli.terminal.Shape;
import offload.cli.terminal.Terminal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tail}: follows a turn's events. */
@Command(
        name = "tail",
        mixinStandardHelpOptions = true,
        description = {
            "Prints a turn's answer from its start, follows it as it grows, and ends when it ends.",
            "With --json each chunk is printed as it is, one a line. Lost connections are taken up again."
        })
final class TailCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private Shape shape = new Shape();

    @Option(
            names = "--from",
            paramLabel = "CURSOR",
            defaultValue = "0",
            description = "The id of an event: go on after.")
    private String cursor = "0";

    @Option(names = "--token", description = "The bearer token, if the turn is private.")
    private @Nullable String token;

    @Parameters(paramLabel = "URL", description = "The turn's status_url or stream_events_url.")
    private String url = "";

    TailCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        AnswerPrinter printer = new AnswerPrinter(terminal, shape.isJson());
        new EventFollower(new Wire(), TurnAddress.of(url, token), cursor, printer, terminal::tell).run();
        printer.end();
        return 0;
    }
}
