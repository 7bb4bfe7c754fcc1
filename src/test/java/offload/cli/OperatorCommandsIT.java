package offload.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import offload.testing.OffloadProcess;
import offload.testing.OffloadProcess.Result;
import offload.testing.Script;
import offload.testing.ScriptedUpstream;
import offload.testing.TestCa;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperatorCommandsIT {
    @TempDir
    Path folder = Path.of("");

    private final Map<String, String> variables = new HashMap<>();

    @BeforeEach
    void configure() {
        variables.put("OFFLOAD_DATA_DIR", folder.resolve("data").toString());
        variables.put("OFFLOAD_UPSTREAM_URL", "embedded");
        variables.put("OFFLOAD_PORT", "0");
    }

    @Test
    void config_says_where_each_value_comes_from_and_hides_secrets() throws IOException {
        Path secret = Files.writeString(folder.resolve("key"), "sk-hidden\n");
        Path file =
                Files.writeString(folder.resolve("o.yaml"), "offload:\n  upstream:\n    url: http://127.0.0.1:9/v1\n");
        variables.remove("OFFLOAD_UPSTREAM_URL");
        variables.put("OFFLOAD_CONFIG", file.toString());
        variables.put("OFFLOAD_UPSTREAM_KEY_FILE", secret.toString());
        Result shown = OffloadProcess.run(variables, "config");
        assertEquals(0, shown.code(), shown.err());
        assertTrue(shown.out().matches("(?s).*upstream.url +http://127.0.0.1:9/v1 +" + file + ".*"), shown.out());
        assertTrue(shown.out().matches("(?s).*port +0 +OFFLOAD_PORT.*"), shown.out());
        assertTrue(shown.out().matches("(?s).*host +127.0.0.1 +default.*"), shown.out());
        assertTrue(shown.out().matches("(?s).*upstream.key +\\(set, not shown\\) +OFFLOAD_UPSTREAM_KEY_FILE.*"));
        assertFalse(shown.out().contains("sk-hidden"));
    }

    @Test
    void a_setting_that_does_not_exist_is_no_empty_answer() {
        Result shown = OffloadProcess.run(variables, "config", "upstraem.url");
        assertEquals(2, shown.code(), shown.out());
        assertEquals("", shown.out());
        assertTrue(shown.err().contains("`offload config` shows all; did you mean upstream.url?"), shown.err());
        assertEquals(
                2, OffloadProcess.run(variables, "config", "NOSUCH", "--json").code());
    }

    @Test
    void check_finds_nothing_wrong_where_nothing_is() {
        Result good = OffloadProcess.run(variables, "check");
        assertEquals(0, good.code(), good.out() + good.err());
        for (String about : new String[] {"configuration", "rename", "lock", "modes", "names", "clock"}) {
            assertTrue(good.out().contains("ok      " + about), good.out());
        }
        // How fast the disk is just now, and how full, is told as it is.
        Matcher sync = Pattern.compile("(ok|warning) +write, sync: written, synced in ([0-9.]+) ms and read")
                .matcher(good.out());
        assertTrue(sync.find(), good.out());
        assertEquals(Double.parseDouble(sync.group(2)) < 100 ? "ok" : "warning", sync.group(1), good.out());
        Matcher free = Pattern.compile("(ok|warning) +free space: [0-9.]+ (GiB|MiB) are free")
                .matcher(good.out());
        assertTrue(free.find(), good.out());
        assertEquals(free.group(2).equals("GiB") ? "ok" : "warning", free.group(1), good.out());
    }

    @Test
    void check_finds_what_stands_where_the_data_folder_should_be() throws IOException {
        Path file = Files.createFile(folder.resolve("data"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("nowhere"));
        for (Path wrong : new Path[] {file, file.resolve("below"), link}) {
            variables.put("OFFLOAD_DATA_DIR", wrong.toString());
            Result checked = OffloadProcess.run(variables, "check", "--offline");
            assertEquals(1, checked.code(), checked.out());
            String said = wrong.equals(link) ? link.toString() : file.toString();
            assertTrue(checked.out().contains(said + " is there, and is no folder"), checked.out());
        }
        variables.put("OFFLOAD_DATA_DIR", "/proc"); // not even root makes a file there
        String unwritable = OffloadProcess.run(variables, "check", "--offline").out();
        assertTrue(unwritable.contains("FAULT   write, sync") && !unwritable.contains("POSIX locks"), unwritable);
    }

    @Test
    void check_names_every_fault_of_a_file_with_its_fix() throws IOException {
        Path file = Files.writeString(
                folder.resolve("o.yaml"),
                "offload:\n  prot: 1\n  timeout:\n    max: never\n  storage:\n    sync: maybe\n");
        variables.put("OFFLOAD_CONFIG", file.toString());
        Result bad = OffloadProcess.run(variables, "check");
        assertEquals(2, bad.code());
        assertTrue(bad.out().contains("prot is no setting; did you mean port?"), bad.out());
        assertTrue(bad.out().contains("timeout.max is \"never\""), bad.out());
        assertTrue(bad.out().contains("storage.sync is \"maybe\""), bad.out());
        assertTrue(bad.out().contains("fix: "), bad.out());
        Result serve = OffloadProcess.run(variables, "serve");
        assertEquals(2, serve.code());
        assertTrue(serve.err().contains("timeout.max") && serve.err().contains("storage.sync"), serve.err());
    }

    @Test
    void check_trusts_whom_the_server_would_trust() throws Exception {
        TestCa ca = TestCa.create();
        String pem = ca.writePem(folder.resolve("ca.pem")).toString();
        try (ScriptedUpstream known = ScriptedUpstream.startTls(ca.server("127.0.0.1"));
                ScriptedUpstream misnamed = ScriptedUpstream.startTls(ca.server("elsewhere.example"))) {
            known.always(Script.answer("401 No", "application/json", "{}"));
            variables.put("OFFLOAD_UPSTREAM_URL", known.base().toString());
            Result unknown = OffloadProcess.run(variables, "check");
            assertEquals(1, unknown.code(), unknown.out());
            assertTrue(unknown.out().contains("FAULT   upstream: "), unknown.out());
            assertTrue(unknown.out().contains("upstream.ca-file"), unknown.out());
            variables.put("OFFLOAD_UPSTREAM_CA_FILE", pem);
            Result trusted = OffloadProcess.run(variables, "check");
            assertEquals(0, trusted.code(), trusted.out());
            assertTrue(trusted.out().contains("ok      upstream: " + known.base() + " answers (401)"), trusted.out());
            variables.put("OFFLOAD_UPSTREAM_URL", misnamed.base().toString());
            Result wrong = OffloadProcess.run(variables, "check");
            assertEquals(1, wrong.code(), wrong.out());
            assertEquals(0, misnamed.requests().size());
        }
    }

    @Test
    void what_keeps_a_server_from_starting_is_told_in_one_sentence_without_a_stack_trace() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        Path noText = Files.write(folder.resolve("binary.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe});
        Path noSettings = Files.writeString(folder.resolve("text.yaml"), "offload: text\n");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());
            assertNoStart(1, "OFFLOAD_PORT", port, "cannot listen on 127.0.0.1:" + port);
        }
        assertNoStart(1, "OFFLOAD_DATA_DIR", file.toString(), file + " is there, and is no folder");
        assertNoStart(1, "OFFLOAD_HOST", "nowhere.invalid", "host is \"nowhere.invalid\"");
        variables.put("OFFLOAD_AUTH", "open");
        assertNoStart(1, "OFFLOAD_HOST", "nowhere.invalid", "host is \"nowhere.invalid\"");
        assertNoStart(2, "OFFLOAD_CONFIG", noText.toString(), noText + " is no text in UTF-8");
        assertNoStart(2, "OFFLOAD_CONFIG", noSettings.toString(), "`offload:` must hold settings");
        assertNoStart(2, "OFFLOAD_CONFIG", noSettings + "\r", "`offload:` must hold settings");
        variables.put("LC_ALL", "C");
        assertNoStart(2, "OFFLOAD_CONFIG", "/\u4e16.yaml", "needs a UTF-8 locale");
        variables.remove("LC_ALL");
        assertNoStart(
                2, "OFFLOAD_CORS_ORIGINS", "https://a.example/path", "cors.origins is \"https://a.example/path\"");
        assertNoStart(2, "OFFLOAD_PUBLIC_URL", "https://a.example/?q", "public-url: \"https://a.example/?q\" must be");
        assertNoStart(
                2, "OFFLOAD_UPSTREAM_URL", "http://bob:hush@a.example/v1", "upstream.url holds a name or password");
    }

    /** 2 is for what only the operator can change; after 1 a start that is tried again may succeed. */
    private void assertNoStart(int code, String variable, String value, String said) {
        Map<String, String> wrong = new HashMap<>(variables);
        wrong.put(variable, value);
        Result refused = OffloadProcess.run(wrong, "serve");
        assertEquals(code, refused.code(), refused.err());
        assertTrue(refused.err().startsWith("offload: ") && refused.err().contains(said), refused.err());
        assertFalse(refused.err().contains("\tat "), refused.err());
    }

    @Test
    void check_says_that_an_upstream_is_not_reached_and_that_a_variable_is_misspelt() {
        variables.put("OFFLOAD_UPSTREAM_URL", "http://127.0.0.1:1/v1");
        variables.put("OFFLOAD_UPSTREM_KEY", "x");
        Result bad = OffloadProcess.run(variables, "check", "--json");
        assertEquals(1, bad.code(), bad.out() + bad.err());
        assertTrue(bad.out().contains("http://127.0.0.1:1/v1 is not reached"), bad.out());
        assertTrue(
                bad.out().contains("OFFLOAD_UPSTREM_KEY is no setting; did you mean OFFLOAD_UPSTREAM_KEY"), bad.out());
        assertEquals(0, OffloadProcess.run(variables, "check", "--offline").code());
    }

    @Test
    void help_teaches_and_a_mistake_is_answered_with_what_was_meant() {
        Result help = OffloadProcess.run(variables, "--help");
        assertEquals(0, help.code());
        for (String command : new String[] {
            "serve", "check", "config", "key", "verify", "gc", "webhook", "ask", "tail", "status", "stop", "help"
        }) {
            assertTrue(help.out().contains("\n  " + command), help.out());
        }
        // What stands beside each is a whole sentence.
        assertEquals(
                12,
                help.out()
                        .lines()
                        .filter(line -> line.matches("  [a-z]+ .*\\.( {2,}.*)?"))
                        .count(),
                help.out());
        assertEquals(
                OffloadProcess.run(variables, "key", "--help").out(),
                OffloadProcess.run(variables, "help", "key").out());
        Result wrong = OffloadProcess.run(variables, "chek");
        assertEquals(2, wrong.code());
        assertTrue(wrong.err().contains("check"), wrong.err());
    }

    @Test
    void webhooks_that_are_not_there_are_told_so() throws IOException {
        Files.createDirectory(folder.resolve("data"));
        assertEquals(
                "[]",
                OffloadProcess.run(variables, "webhook", "list", "--json").out().strip());
        Result none = OffloadProcess.run(variables, "webhook", "retry", "msg_x");
        assertEquals(1, none.code());
        assertTrue(none.err().contains("webhook list"), none.err());
    }

    @Test
    void a_folder_that_is_not_there_is_not_taken_for_an_empty_one() {
        for (String command : List.of("verify", "gc --days=3", "key list", "key usage", "webhook list")) {
            Result missing = OffloadProcess.run(variables, command.split(" "));
            assertEquals(1, missing.code(), missing.out());
            assertTrue(missing.err().contains("there is no folder " + folder.resolve("data")), missing.err());
        }
        assertFalse(Files.exists(folder.resolve("data")));
    }

    @Test
    void verify_tells_of_a_broken_file_and_gc_removes_old_days_only() throws IOException {
        Path day = Files.createDirectories(folder.resolve("data/pub/2023/06/01/11/07/06"));
        Files.writeString(day.resolve("one.json"), "{ this is no JSON");
        Result broken = OffloadProcess.run(variables, "verify");
        assertEquals(1, broken.code(), broken.out() + broken.err());
        assertTrue(broken.out().contains("pub/2023/06/01/11/07/06/one.json"), broken.out());
        assertEquals(2, OffloadProcess.run(variables, "gc").code());
        assertEquals(2, OffloadProcess.run(variables, "gc", "--days", "-4").code());
        Result collected = OffloadProcess.run(variables, "gc", "--days", "30");
        assertEquals(0, collected.code(), collected.err());
        assertTrue(collected.out().startsWith("removed 1 days"), collected.out());
        assertFalse(Files.exists(day));
        assertEquals(0, OffloadProcess.run(variables, "verify").code());
    }
}
