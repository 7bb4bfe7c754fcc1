package offload.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import java.util.function.IntSupplier;
import offload.cli.client.ClientCommands;
import offload.cli.terminal.CommandFault;
import offload.cli.terminal.Faults;
import offload.cli.terminal.ReaderGone;
import offload.cli.terminal.Terminal;
import offload.keys.KeyFault;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** The command line as a whole: which commands there are, and how their faults are told. */
@Command(
        name = "offload",
        mixinStandardHelpOptions = true,
        description = {
            "Takes over the streaming of chat completions: submit, follow from anywhere, resume, stop, chain.",
            ""
        },
        footer = {
            "",
            "A first look, without any key:",
            "  OFFLOAD_UPSTREAM_URL=embedded offload serve",
            "  offload ask \"Tell me about tides.\"          (in another terminal)",
            "",
            "Settings are in config/application.yaml (OFFLOAD_CONFIG names another file); each has its variable, such as",
            "OFFLOAD_UPSTREAM_URL. `offload COMMAND --help` tells more about a command.",
            "",
            "Exit codes: 0 done, 1 failed, 2 the command line or the configuration is wrong."
        })
public final class OffloadCommand implements Callable<Integer> {
    private final IntSupplier serve;

    private OffloadCommand(IntSupplier serve) {
        this.serve = serve;
    }

    @Override
    public Integer call() {
        return serve.getAsInt();
    }

    /**
     * Carries out {@code arguments} and answers the exit code.
     *
     * @param serve what no command, or {@code serve}, does: blocks until the server has ended, and answers the exit code
     */
    public static int run(String[] arguments, Installation installation, Terminal terminal, IntSupplier serve) {
        CommandLine line = new CommandLine(new OffloadCommand(serve))
                .addSubcommand(new ServeCommand(serve))
                .addSubcommand(new CheckCommand(installation, terminal))
                .addSubcommand(new ConfigCommand(installation, terminal))
                .addSubcommand(new KeyCommand(installation, terminal))
                .addSubcommand(new VerifyCommand(installation, terminal))
                .addSubcommand(new CollectCommand(installation, terminal))
                .addSubcommand(new WebhookCommand(installation, terminal));
        ClientCommands.of(installation::address, terminal).forEach(line::addSubcommand);
        line.addSubcommand(new CommandLine.HelpCommand());
        line.getCommandSpec().versionProvider(() -> new String[] {"offload " + version()});
        line.setExecutionExceptionHandler((e, _, _) -> failed(e, terminal));
        line.setParameterExceptionHandler((e, _) -> misunderstood(e, terminal));
        line.setOut(new PrintWriter(terminal.out(), true, terminal.out().charset()));
        line.setUsageHelpWidth(110);
        WholeNumbers.teach(line);
        // A question may begin with an @: it names nobody's file.
        line.setExpandAtFiles(false);
        return printed(line.execute(arguments), terminal);
    }

    /** What was to be printed and is not does not look like success: a script would go on with half of it. */
    private static int printed(int code, Terminal terminal) {
        return code != 0 || !terminal.out().checkError() ? code : unprinted(terminal);
    }

    private static int unprinted(Terminal terminal) {
        if (terminal.isOutPiped()) {
            return ReaderGone.CODE;
        }
        terminal.err().println("offload: standard output could not be written: look at the device that it goes to");
        return CommandFault.FAILED;
    }

    /** Serves, without looking at any arguments; a fault is told as {@link #run} tells it. */
    public static int runPlain(IntSupplier serve) {
        try {
            return serve.getAsInt();
        } catch (CommandFault e) {
            System.err.println("offload: " + e.getMessage());
            return e.code();
        }
    }

    /** The version that was packaged. */
    public static String version() {
        String packaged = OffloadCommand.class.getPackage().getImplementationVersion();
        return packaged == null ? "dev" : packaged;
    }

    private static int misunderstood(ParameterException e, Terminal terminal) {
        CommandLine line = e.getCommandLine();
        terminal.err().println("offload: " + e.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(
                e, new PrintWriter(terminal.err(), true, terminal.err().charset()));
        terminal.err().println("`" + line.getCommandSpec().qualifiedName() + " --help` shows how it is used.");
        return CommandFault.UNUSABLE;
    }

    private static int failed(Exception e, Terminal terminal) {
        if (e instanceof ReaderGone) {
            return unprinted(terminal);
        }
        if (e instanceof CommandFault || e instanceof KeyFault) {
            terminal.fault(e.getMessage());
        } else if (e instanceof IOException || e instanceof UncheckedIOException) {
            terminal.fault(Faults.sentence(e));
        } else {
            terminal.fault("failed inside: " + e);
        }
        return e instanceof CommandFault fault ? fault.code() : CommandFault.FAILED;
    }
}
