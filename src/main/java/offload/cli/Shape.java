package offload.cli;

import picocli.CommandLine.Option;

/** How a command's answer is printed. */
final class Shape {
    @Option(names = "--json", description = "Print JSON, for scripts.")
    private boolean json;

    boolean isJson() {
        return json;
    }
}
