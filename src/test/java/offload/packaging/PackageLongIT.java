package offload.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import offload.testing.RawHttp;
import offload.testing.Until;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The package that scripts/package made, taken apart into an empty root folder and served from there. */
@EnabledIfSystemProperty(named = "package.long", matches = "true", disabledReason = "run by scripts/package-test")
class PackageLongIT {
    private static final Pattern LISTENS = Pattern.compile("Offload listens on (http://127\\.0\\.0\\.1:\\d+)");

    @TempDir
    private static Path folder;

    private static Path deb;
    private static Path root;

    @BeforeAll
    static void unpack() throws Exception {
        try (Stream<Path> built = Files.list(Command.ROOT.resolve("target/package"))) {
            deb = built.filter(path -> path.toString().endsWith(".deb"))
                    .findFirst()
                    .orElseThrow();
        }
        root = folder.resolve("root");
        Command unpacked = Command.run("dpkg-deb", "-x", deb.toString(), root.toString());
        assertEquals(0, unpacked.code(), unpacked.output());
    }

    @Test
    void lintian_finds_nothing() throws Exception {
        Command judged = Command.run("lintian", "--no-cfg", "--fail-on", "error,warning", deb.toString());
        assertEquals(0, judged.code(), judged.output());
    }

    @Test
    void everything_is_where_it_belongs() throws Exception {
        for (String path : List.of(
                "usr/bin/offload",
                "etc/offload/application.yaml",
                "etc/offload/jvm.options",
                "var/lib/offload",
                "usr/lib/offload/java/bin/java",
                "usr/lib/offload/offload.aot",
                "usr/lib/systemd/system/offload.service",
                "usr/share/man/man1/offload.1.gz")) {
            assertTrue(Files.exists(root.resolve(path)), path);
        }
        assertEquals(
                "/etc/offload/application.yaml\n/etc/offload/jvm.options\n",
                Command.run("dpkg-deb", "-I", deb.toString(), "conffiles").output());
    }

    @Test
    void it_serves_a_turn_without_any_java_on_the_machine_and_from_its_aot_cache() throws Exception {
        Path output = folder.resolve("output");
        Path data = folder.resolve("data");
        Process server = start(output, data);
        try {
            Until.holds(
                    "it listens",
                    () -> !server.isAlive()
                            || LISTENS.matcher(Files.readString(output)).find());
            Matcher base = LISTENS.matcher(Files.readString(output));
            assertTrue(base.find(), Files.readString(output));
            URI url = URI.create(base.group(1) + "/");
            RawHttp.Response answer = RawHttp.exchange(
                    "POST",
                    url.resolve("/v1/stream-chatgpt"),
                    "{\"messages\":[{\"role\":\"user\",\"content\":\"tides\"}]}",
                    "Content-Type: application/json");
            Matcher status =
                    Pattern.compile("\"status_url\"\\s*:\\s*\"([^\"]*)\"").matcher(answer.text());
            assertTrue(status.find(), answer.text());
            RawHttp.Response last = RawHttp.exchange("GET", URI.create(status.group(1) + "?wait=60"), null);
            assertTrue(last.text().contains("\"completed\""), last.text());
            assertEquals(200, RawHttp.exchange("GET", url, null).status());
        } finally {
            server.destroy();
        }
        assertTrue(server.waitFor(60, TimeUnit.SECONDS));
        assertTrue(List.of(0, 143).contains(server.exitValue()));
        assertTrue(Files.readString(folder.resolve("classes")).contains("offload.Main source: shared objects file"));
    }

    @Test
    void its_commands_find_all_that_they_need_in_its_image() throws Exception {
        Command shown = Command.run(root.resolve("usr/bin/offload").toString(), "--version");
        assertEquals(0, shown.code(), shown.output());
    }

    private static Process start(Path output, Path data) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(root.resolve("usr/bin/offload").toString(), "serve");
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.put("PATH", toolsWithoutJava().toString());
        environment.put("OFFLOAD_PORT", "0");
        environment.put("OFFLOAD_METRICS_PORT", "0");
        environment.put("OFFLOAD_DATA_DIR", data.toString());
        environment.put("OFFLOAD_UPSTREAM_URL", "embedded");
        environment.put("OFFLOAD_JAVA_OPTS", "-Xlog:class+load:file=" + folder.resolve("classes"));
        return builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    }

    private static Path toolsWithoutJava() throws IOException {
        Path tools = Files.createDirectory(folder.resolve("tools"));
        for (String tool : List.of("dirname", "readlink", "id")) {
            Files.createSymbolicLink(tools.resolve(tool), Path.of("/usr/bin", tool));
        }
        return tools;
    }
}
