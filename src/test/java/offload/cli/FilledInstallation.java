package offload.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import offload.cli.terminal.Terminal;
import offload.settings.Setting;

/** An installation with what the test puts into it, and what the operator's commands print about it. */
final class FilledInstallation extends NoInstallation {
    private final Path data;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private List<String> faults = List.of();
    private List<Setting> settings = List.of();
    private int retentionDays;

    FilledInstallation(Path data) {
        this.data = data;
    }

    FilledInstallation settings(Setting... inForce) {
        settings = List.of(inForce);
        return this;
    }

    FilledInstallation faults(String... told) {
        faults = List.of(told);
        return this;
    }

    FilledInstallation keeping(int days) {
        retentionDays = days;
        return this;
    }

    /** Makes the file with the folders above it. */
    Path file(String path, String content) throws IOException {
        Path file = data.resolve(path);
        Files.createDirectories(file.resolveSibling("."));
        return Files.writeString(file, content);
    }

    /** Runs the command anew where no terminal is. */
    int run(String... arguments) {
        return run(false, arguments);
    }

    int run(boolean isOutShown, String... arguments) {
        out.reset();
        err.reset();
        Terminal terminal = new Terminal(
                InputStream.nullInputStream(),
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                isOutShown,
                false);
        return OffloadCommand.run(arguments, this, terminal, () -> 0);
    }

    String out() {
        return out.toString(UTF_8);
    }

    String err() {
        return err.toString(UTF_8);
    }

    @Override
    public List<String> faults() {
        return faults;
    }

    @Override
    public List<Setting> settings() {
        return settings;
    }

    @Override
    public Path dataFolder() {
        return data;
    }

    @Override
    public int retentionDays() {
        return retentionDays;
    }
}
