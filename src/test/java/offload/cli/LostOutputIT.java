package offload.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands whose standard output takes nothing. */
class LostOutputIT {
    private static final File FULL = new File("/dev/full");

    @TempDir
    Path folder = Path.of("");

    @Test
    void what_could_not_be_printed_is_no_success() throws Exception {
        assumeTrue(FULL.exists());
        String list = run("key", "list");
        assertTrue(list.startsWith("1 offload: standard output could not be written"), list);
        String help = run("--help");
        assertTrue(help.startsWith("1 offload: standard output could not be written"), help);
    }

    @Test
    void a_key_that_nobody_has_seen_is_named_so_that_it_can_be_revoked() throws Exception {
        assumeTrue(FULL.exists());
        String made = run("key", "create");
        assertTrue(made.matches("1 offload: the key ofl_\\S+\\.\\.\\. was made and could not be printed: .*\\n"), made);
    }

    private String run(String... arguments) throws IOException, InterruptedException {
        Path err = folder.resolve("err");
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "@config/jvm.options",
                "-cp",
                System.getProperty("java.class.path"),
                "offload.Main"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(FULL).redirectError(err.toFile());
        builder.environment().put("OFFLOAD_DATA_DIR", folder.resolve("data").toString());
        int code = builder.start().waitFor();
        return code + " " + Files.readString(err);
    }
}
