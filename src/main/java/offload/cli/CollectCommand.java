package offload.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import offload.cli.terminal.CommandFault;
import offload.cli.terminal.Terminal;
import offload.engine.Retention;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code gc}: removes what is too old, now. */
@Command(
        name = "gc",
        mixinStandardHelpOptions = true,
        description = {
            "Removes the days that are older than `retention.days`.",
            "",
            "A running server does so every hour by itself.",
            "Nothing that is running is removed. Without retention.days, and without --days, nothing is."
        })
final class CollectCommand implements Callable<Integer> {
    private final Installation installation;
    private final Terminal terminal;

    @Option(
            names = "--days",
            paramLabel = "N",
            description = "Keep N whole days besides today, whatever is configured.")
    private @Nullable Integer days;

    CollectCommand(Installation installation, Terminal terminal) {
        this.installation = installation;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        int kept = days == null ? installation.retentionDays() : days;
        if (kept < 1) {
            throw new CommandFault(
                    "everything is kept: set retention.days, or say --days N with N of 1 or more",
                    CommandFault.UNUSABLE);
        }
        int removed = new Retention(installation.filledFolder(), kept).run();
        terminal.out().println("removed " + removed + " days; kept today and the " + kept + " before it");
        return 0;
    }
}
