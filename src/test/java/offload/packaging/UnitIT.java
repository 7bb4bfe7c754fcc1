package offload.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The unit and the sources of the package, as the tools that read them judge them. */
class UnitIT {
    private static String unit() throws IOException {
        return Files.readString(Command.ROOT.resolve("config/offload.service"));
    }

    @Test
    void the_unit_is_hardened() throws Exception {
        Command judged = Command.run(
                "systemd-analyze", "security", "--offline=true", "--threshold=12", "config/offload.service");
        assertEquals(0, judged.code(), judged.output());
    }

    @Test
    void the_unit_holds_no_line_that_systemd_does_not_know() throws Exception {
        String output = Command.run("systemd-analyze", "verify", "config/offload.service")
                .output();
        List<String> faults = output.lines()
                .filter(line -> line.contains("offload.service:"))
                // The package is not installed where this is tested.
                .filter(line -> !line.contains("/usr/bin/offload") && !line.contains("'man offload(1)'"))
                .toList();
        assertEquals(List.of(), faults);
    }

    @Test
    void the_unit_leaves_the_server_the_time_to_drain() throws IOException {
        String manual = Files.readString(Command.ROOT.resolve("config/application.yaml"));
        assertTrue(seconds("TimeoutStopSec=(\\d+)s", unit()) > seconds("shutdown-grace: (\\d+) s", manual));
    }

    private static int seconds(String pattern, String text) {
        Matcher found = Pattern.compile(pattern).matcher(text);
        assertTrue(found.find(), pattern);
        return Integer.parseInt(found.group(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"offload", "postinst", "prerm", "postrm"})
    void every_script_of_the_package_is_one_that_sh_can_read(String name) throws Exception {
        Command read = Command.run("sh", "-n", "src/packaging/" + name);
        assertEquals(0, read.code(), read.output());
    }

    @Test
    void the_manual_page_is_one_that_groff_can_read() throws Exception {
        Command read = Command.run("groff", "-man", "-ww", "-z", "src/packaging/offload.1");
        assertEquals("", read.output());
        assertEquals(0, read.code());
    }
}
