package offload;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntSupplier;
import offload.cli.OffloadCommand;
import offload.cli.terminal.Terminal;
import offload.logs.Logs;
import org.jspecify.annotations.Nullable;

/** The start of the process: {@code serve}, which is also what no argument means, or another command. */
public final class Main {
    private Main() {}

    /** Carries out a command; its exit code is the process's. */
    public static void main(String[] arguments) {
        Ahead.speakNoLanguage();
        Logs.quiet();
        Ahead.discoverNothing();
        IntSupplier serve = () -> new ServerProcess(() -> OffloadConfig.draft(configFile(), System::getenv)).run();
        // Without the command line's own classes a server starts sooner.
        boolean plainServe = arguments.length == 0 || arguments.length == 1 && arguments[0].equals("serve");
        if (plainServe) {
            Ahead.decimals();
        }
        System.exit(plainServe ? OffloadCommand.runPlain(serve) : other(arguments, serve));
    }

    private static int other(String[] arguments, IntSupplier serve) {
        OffloadConfig.Draft draft = OffloadConfig.draft(configFile(), System::getenv);
        return OffloadCommand.run(arguments, new ConfiguredInstallation(draft), Terminal.ofProcess(), serve);
    }

    private static @Nullable String configFile() {
        String named = System.getenv("OFFLOAD_CONFIG");
        if (named != null && !named.isBlank()) {
            // Variables from files that were written on Windows end in a carriage return.
            return named.strip();
        }
        Path usual = Path.of("config", "application.yaml");
        return Files.exists(usual) ? usual.toString() : null;
    }
}
