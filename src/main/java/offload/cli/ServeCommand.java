package offload.cli;

import java.util.concurrent.Callable;
import java.util.function.IntSupplier;
import picocli.CommandLine.Command;

/** {@code serve}. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = {
            "Serves in the foreground until SIGTERM or Ctrl-C (the default).",
            "",
            "SIGTERM refuses new submissions, lets running turns go on for `shutdown-grace`, and ends. A second one ends at once.",
            "SIGHUP reads the configuration again: upstreams, the model, timeouts, limits.body, limits.turns, origins and logs",
            "change at once, the rest at a restart.",
            "Besides 0, 1 and 2 it ends with 75 where another server has claimed its turns, 143 after a second SIGTERM.",
            "",
            "It takes no options: settings are in a file, or variables. `offload config` shows all.",
            "  OFFLOAD_PORT=9000 OFFLOAD_DATA_DIR=/srv/offload offload serve"
        })
final class ServeCommand implements Callable<Integer> {
    private final IntSupplier serve;

    ServeCommand(IntSupplier serve) {
        this.serve = serve;
    }

    @Override
    public Integer call() {
        return serve.getAsInt();
    }
}
