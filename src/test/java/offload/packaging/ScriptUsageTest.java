package offload.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who asks a script what it does, or calls it amiss, is told, and nothing is begun: each alone in a folder, with no tool at hand. */
class ScriptUsageTest {
    /** They hand what they get on to the program, which has a help of its own. */
    private static final Set<String> OF_THE_PROGRAM = Set.of("offload", "run");

    @TempDir
    Path folder = Path.of("");

    @BeforeEach
    void copyScripts() throws IOException {
        Files.createDirectory(folder.resolve("scripts"));
        Files.createDirectory(folder.resolve("tools"));
        for (String tool : List.of("bash", "sed", "dirname", "readlink")) {
            Path called = folder.resolve("tools").resolve(tool);
            Files.writeString(called, "#!/bin/sh\nexec " + whereIs(tool) + " \"$@\"\n");
            assertTrue(called.toFile().setExecutable(true));
        }
        try (Stream<Path> files = Files.list(Command.ROOT.resolve("scripts"))) {
            for (Path file : files.toList()) {
                Files.copy(
                        file,
                        folder.resolve("scripts").resolve(file.getFileName().toString()));
            }
        }
    }

    private static Path whereIs(String tool) {
        return Stream.of("/bin", "/usr/bin")
                .map(path -> Path.of(path, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void each_script_says_to_help_what_stands_at_its_head() throws Exception {
        for (Path script : scripts()) {
            String help = "0 " + head(script);
            assertTrue(help.length() > 50, script + " says nothing of itself");
            assertEquals(help, ended(script, "--help"), script + "");
        }
        Path aot = folder.resolve("scripts/aot");
        assertEquals("0 " + head(aot), ended(aot, "-h"));
    }

    @Test
    void arguments_that_a_script_does_not_take_are_refused_with_what_it_takes() throws Exception {
        for (Path script : scripts()) {
            if (!Files.readString(script).contains("takes=any")) {
                assertEquals("2 " + head(script), ended(script, "one", "2", "3", "4", "5"), script + "");
            }
        }
        for (List<String> amiss : List.of(
                List.of("aot", "java"),
                List.of("bench", "many"),
                List.of("crowd"),
                List.of("faults", "many"),
                List.of("fuzz", "sse", "long"))) {
            Path script = folder.resolve("scripts").resolve(amiss.getFirst());
            assertEquals(
                    "2 " + head(script),
                    ended(script, amiss.subList(1, amiss.size()).toArray(String[]::new)),
                    amiss + "");
        }
    }

    private List<Path> scripts() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("scripts"))) {
            return files.filter(Files::isExecutable)
                    .filter(file -> !OF_THE_PROGRAM.contains(file.getFileName().toString()))
                    .sorted()
                    .toList();
        }
    }

    private static String head(Path script) throws IOException {
        return Files.readAllLines(script).stream()
                .skip(1)
                .takeWhile(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^# ?", "") + "\n")
                .collect(Collectors.joining());
    }

    private String ended(Path script, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        Path output = folder.resolve("output");
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().put("PATH", folder.resolve("tools").toString());
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), () -> "still runs: " + command);
        return process.exitValue() + " " + Files.readString(output);
    }
}
