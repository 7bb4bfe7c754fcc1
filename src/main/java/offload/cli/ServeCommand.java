package offload.cli;

import picocli.CommandLine.Command;

/** {@code serve}. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = {
            "Serves in the foreground until SIGTERM or Ctrl-C (the default).",
            "",
            "SIGTERM refuses new submissions, lets running turns go on for `shutdown-grace`, and ends.",
            "SIGHUP reads the configuration again: upstreams, limits, timeouts, origins and logs change at once."
        })
final class ServeCommand implements Runnable {
    private final Runnable serve;

    ServeCommand(Runnable serve) {
        this.serve = serve;
    }

    @Override
    public void run() {
        serve.run();
    }
}
