package offload.cli.terminal;

import picocli.CommandLine.Option;

/** How a command's answer is printed: an option that many have. For one thread. */
public final class Shape {
    @Option(names = "--json", description = "Print JSON, for scripts.")
    private boolean json;

    /** Whether scripts read it. */
    public boolean isJson() {
        return json;
    }
}
