package offload.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import offload.cli.terminal.CommandFault;
import offload.cli.terminal.Terminal;
import offload.settings.Setting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How a command that failed is told, and with which exit code. */
class FaultsIT {

    static Stream<List<Object>> faults() {
        return Stream.of(
                io(new AccessDeniedException("/x"), "no permission for /x: run this as the user of the server"),
                io(new NoSuchFileException("/x"), "there is no /x"),
                io(new FileAlreadyExistsException("/x"), "/x is there, and is no folder"),
                io(new FileSystemException("/x", null, "Read-only file system"), "/x: Read-only file system"),
                io(new FileSystemException("/x"), "/x cannot be used"),
                io(new IOException("odd"), "odd"),
                io(new IOException(), "IOException"),
                List.of(new IllegalStateException("odd"), "failed inside: java.lang.IllegalStateException: odd", 1),
                List.of(new CommandFault("said"), "said", 1),
                List.of(new CommandFault("said", CommandFault.UNUSABLE), "said", 2));
    }

    private static List<Object> io(IOException e, String said) {
        return List.of(new UncheckedIOException(e), said, 1);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void what_a_command_fails_by_is_told_in_a_sentence(List<Object> fault) {
        Installation failing = new NoInstallation() {
            @Override
            public Path dataFolder() {
                throw (RuntimeException) fault.getFirst();
            }
        };
        assertEquals(fault.get(2) + " offload: " + fault.get(1) + "\n", run(failing, 0, "verify"));
    }

    @Test
    void what_serving_ends_with_is_the_exit_code_whether_it_was_asked_for_or_not() {
        assertEquals("75 ", run(new NoInstallation(), 75));
        assertEquals("75 ", run(new NoInstallation(), 75, "serve"));
    }

    private static String run(Installation installation, int served, String... arguments) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                InputStream.nullInputStream(),
                new PrintStream(OutputStream.nullOutputStream()),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                false);
        int code = OffloadCommand.run(arguments, installation, terminal, () -> served);
        return code + " " + err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void a_variable_that_something_reads_is_no_mistake() {
        List<Setting> settings =
                List.of(new Setting("upstream.key", "", "default", true), new Setting("port", "0", "default", false));
        Set<String> read = Set.of(
                "OFFLOAD_PORT",
                "OFFLOAD_UPSTREAM_KEY",
                "OFFLOAD_UPSTREAM_KEY_FILE",
                "OFFLOAD_CONFIG",
                "OFFLOAD_SERVER",
                "OFFLOAD_API_KEY",
                "PORT_FILE");
        assertEquals(List.of(), VariableCheck.unread(read, settings));
        assertEquals(
                1, VariableCheck.unread(Set.of("OFFLOAD_PORT_FILE"), settings).size(), "of secrets only");
    }
}
