package offload.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import offload.testing.Until;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts of a checkout, in one of their own where everything is built already. */
class CheckoutIT {
    @TempDir
    Path folder = Path.of("");

    @BeforeEach
    void checkOut() throws IOException {
        for (String copied : List.of("scripts", "config")) {
            Files.createDirectories(folder.resolve(copied));
            try (Stream<Path> files = Files.list(Command.ROOT.resolve(copied))) {
                for (Path file : files.toList()) {
                    Files.copy(
                            file,
                            folder.resolve(copied).resolve(file.getFileName().toString()));
                }
            }
        }
        Files.createDirectories(folder.resolve("src/main"));
        Files.createFile(folder.resolve("pom.xml"));
        Files.createDirectories(folder.resolve("target"));
        jar(folder.resolve("target/offload.jar"));
        Files.createFile(folder.resolve("target/built"));
    }

    /** As Maven packs it, with the libraries of the running tests. */
    private void jar(Path jar) throws IOException {
        String classes = Command.ROOT.resolve("target/classes").toString();
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(Attributes.Name.MAIN_CLASS, "offload.Main");
        String libraries = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(path -> path.endsWith(".jar"))
                .map(path -> Path.of(path).toUri().toString())
                .collect(Collectors.joining(" "));
        attributes.put(Attributes.Name.CLASS_PATH, libraries);
        Path file = folder.resolve("manifest");
        try (var out = Files.newOutputStream(file)) {
            manifest.write(out);
        }
        int status = ToolProvider.findFirst("jar")
                .orElseThrow()
                .run(System.out, System.err, "-cfm", jar.toString(), file.toString(), "-C", classes, ".");
        assertEquals(0, status);
    }

    private Process start(Path output, Map<String, String> variables, String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("OFFLOAD_") || name.startsWith("LC_"));
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("OFFLOAD_PORT", "0");
        environment.put("OFFLOAD_UPSTREAM_URL", "embedded");
        environment.putAll(variables);
        return builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    }

    private String ended(Map<String, String> variables, String... command) throws Exception {
        Path output = folder.resolve("output");
        Process process = start(output, variables, command);
        assertTrue(process.waitFor(180, TimeUnit.SECONDS), () -> "still runs: " + String.join(" ", command));
        return process.exitValue() + " " + Files.readString(output);
    }

    private void serving(Map<String, String> variables, Callable<Boolean> until) throws Exception {
        Path output = folder.resolve("served");
        Process server = start(output, variables, "scripts/run");
        try {
            Until.holds("it listens", () -> Files.readString(output).contains("Offload listens on"));
            Until.holds("what it is for has come", until);
        } finally {
            server.destroy();
            assertTrue(server.waitFor(60, TimeUnit.SECONDS));
        }
    }

    @Test
    void the_first_start_makes_the_cache_that_later_ones_start_from() throws Exception {
        Path cache = folder.resolve("target/offload.aot");
        serving(Map.of(), () -> Files.exists(folder.resolve("target/offload.aot.lock")));
        // Waits for the one that is being made in the background.
        assertEquals("0 ", ended(Map.of(), "scripts/aot"));
        Path classes = folder.resolve("classes");
        Map<String, String> told =
                Map.of("OFFLOAD_JAVA_OPTS", "-Xlog:class+load:file=" + classes, "OFFLOAD_AOT", "off");
        serving(told, () -> Files.exists(classes));
        assertTrue(Files.readString(classes).contains("offload.Main source: shared objects file"));
        String learnt = ended(
                Map.of("OFFLOAD_JAVA_OPTS", "-XX:+UnlockDiagnosticVMOptions -XX:+AOTPrintTrainingInfo"),
                "sh",
                "-c",
                // C1's last stage, or C2.
                "scripts/offload --version | grep -cE 'C offload/upstream/openai/PumpedBody.*L[34]'");
        assertTrue(learnt.startsWith("0 "), "the compiler learnt nothing of how tokens are read: " + learnt);

        Files.writeString(cache, "left alone");
        assertEquals("0 ", ended(Map.of(), "scripts/aot"));
        assertEquals("left alone", Files.readString(cache), "it suits");
        Files.writeString(folder.resolve("config/jvm.options"), "-Xmx256m\n");
        // Where each letter means something to the shell or to curl.
        Path temporary = Files.createDirectory(folder.resolve("t'm p#1[2]"));
        assertEquals("0 ", ended(Map.of("TMPDIR", temporary.toString()), "scripts/aot"));
        assertTrue(Files.size(cache) > 1_000_000, "made anew for other options");
        assertEquals(0, Objects.requireNonNull(temporary.toFile().list()).length);
    }

    @Test
    void a_training_that_fails_is_told_and_stops_no_start() throws Exception {
        Path tools = Files.createDirectory(folder.resolve("tools"));
        // No server can be asked without curl.
        Files.writeString(tools.resolve("curl"), "#!/bin/sh\nexit 7\n");
        assertTrue(tools.resolve("curl").toFile().setExecutable(true));
        Path temporary = Files.createDirectory(folder.resolve("temporary"));
        Map<String, String> variables =
                Map.of("PATH", tools + ":" + System.getenv("PATH"), "TMPDIR", temporary.toString());
        String failed = ended(variables, "scripts/aot");
        assertEquals(0, Objects.requireNonNull(temporary.toFile().list()).length, "left behind");
        assertTrue(failed.startsWith("7 ") && failed.contains("Offload listens on"), failed);
        // The lock is there from the first time: what this start's own training had to say shows that it failed.
        Path log = folder.resolve("target/aot.log");
        serving(variables, () -> Files.readString(log).contains("Offload listens on"));
        assertFalse(Files.exists(folder.resolve("target/offload.aot")));
    }

    @Test
    void a_training_that_is_interrupted_ends_all_that_it_began_and_leaves_nothing() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("temporary"));
        Path output = folder.resolve("output");
        Process training = start(output, Map.of("TMPDIR", temporary.toString()), "scripts/aot");
        Until.holds("the server is asked", () -> has(temporary, "statuses"));
        List<ProcessHandle> begun = training.descendants().toList();
        training.destroy();
        assertTrue(training.waitFor(60, TimeUnit.SECONDS));
        String said = Files.readString(output);
        assertEquals(130, training.exitValue(), said);
        assertFalse(said.contains("creation is complete"), "it was put together all the same: " + said);
        Until.holds("all has ended", () -> begun.stream().noneMatch(ProcessHandle::isAlive));
        assertEquals(0, Objects.requireNonNull(temporary.toFile().list()).length, "left behind");
        assertFalse(Files.exists(folder.resolve("target/offload.aot")));
    }

    private static boolean has(Path below, String name) throws IOException {
        try (Stream<Path> files = Files.walk(below, 2)) {
            return files.anyMatch(file -> file.endsWith(name));
        }
    }

    @Test
    void files_that_variables_name_are_meant_from_where_the_caller_stands() throws Exception {
        Path elsewhere = Files.createDirectory(folder.resolve("else where"));
        Files.writeString(elsewhere.resolve("a key"), "sk-hidden\n");
        Map<String, String> variables = Map.of(
                "OFFLOAD_UPSTREAM_KEY_FILE",
                "a key",
                "OFFLOAD_WEBHOOK_SECRET_FILE",
                "",
                "OFFLOAD_UPSTREAM_URL",
                "http://127.0.0.1:1");
        String shown = ended(variables, "sh", "-c", "cd 'else where' && ../scripts/offload config upstream.key");
        assertTrue(shown.startsWith("0 ") && shown.contains("OFFLOAD_UPSTREAM_KEY_FILE"), shown);
    }

    /** Who links one into a folder of his PATH. cd prints where it went if CDPATH led there. */
    @Test
    void a_script_finds_its_checkout_by_a_link_and_whatever_cdpath_says() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("linked"), folder.resolve("scripts/offload"));
        Files.createDirectories(folder.resolve("elsewhere/scripts"));
        Map<String, String> variables =
                Map.of("CDPATH", folder.resolve("elsewhere").toString());
        String version = ended(variables, "scripts/offload", "--version");
        assertTrue(version.startsWith("0 offload "), version);
        assertEquals(version, ended(variables, link.toString(), "--version"));
    }

    @Test
    void a_standard_input_that_is_closed_is_empty() throws Exception {
        String asked = ended(
                Map.of("OFFLOAD_SERVER", "http://127.0.0.1:1"),
                "sh",
                "-c",
                "scripts/offload ask <&- >said 2>&1; cat said");
        assertTrue(asked.contains("offload: ") && !asked.contains("OutOfMemory"), asked);
    }

    @Test
    void letters_beyond_ascii_are_kept_where_no_locale_is_set() throws Exception {
        Map<String, String> variables = Map.of(
                "LANG", "C", "OFFLOAD_DATA_DIR", folder.resolve("d\u00e4ten").toString());
        String shown = ended(variables, "scripts/offload", "config", "data-dir");
        assertTrue(shown.startsWith("0 ") && shown.contains("d\u00e4ten"), shown);
    }
}
