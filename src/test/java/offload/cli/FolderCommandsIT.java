package offload.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import offload.settings.Setting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the operator's commands make of an installation. */
class FolderCommandsIT {
    private static final String WEBHOOKS = ".offload/nodes/one/webhooks/";
    private static final String TRY =
            "{\"at\":\"2026-11-23T10:00:00Z\",\"status\":500,\"answer\":\"no\",\"duration\":0.1}";

    @TempDir
    private Path folder;

    private FilledInstallation installation() {
        return new FilledInstallation(folder);
    }

    private static String entry(String turn, String id, String due) {
        return "{\"turn\":\"" + turn + "\",\"webhook_id\":\"" + id + "\",\"url\":\"http://bob:hid@a.test/in?den\","
                + "\"record\":\"r\",\"status\":\"s\"," + due + "\"tries\":[" + TRY + "]}";
    }

    /** One of each state: pending, dormant, dead. */
    private FilledInstallation withWebhooks(String id) throws IOException {
        FilledInstallation installation = installation();
        String due = "\"begun_at\":\"2026-11-23T10:00:00Z\",\"due_at\":\"2026-11-23T10:00:05Z\",\"round_tries\":1,";
        installation.file(WEBHOOKS + "t-1.json", entry("t-1", id, due));
        installation.file(WEBHOOKS + "t-2.prepared", entry("t-2", "msg_2", ""));
        installation.file(WEBHOOKS + "dead/t-3.json", entry("t-3", "msg_3", ""));
        return installation;
    }

    @Test
    void webhooks_are_listed_with_what_becomes_of_them() throws IOException {
        FilledInstallation installation = withWebhooks("msg_1");
        assertEquals(0, installation.run("webhook", "list"), installation.err());
        assertEquals("""
                ID     STATE    TRIES  NEXT TRY              URL               TURN
                msg_1  pending  1      2026-11-23T10:00:05Z  http://a.test/in  t-1
                msg_2  dormant  1      -                     http://a.test/in  t-2
                msg_3  dead     1      -                     http://a.test/in  t-3
                """, installation.out());
        assertEquals(0, installation.run("webhook", "list", "--json"), installation.err());
        assertEquals(
                List.of(
                        "\"id\":\"msg_1\",\"turn\":\"t-1\",\"state\":\"pending\",\"url\":\"http://a.test/in\",\"tries\":1,"
                                + "\"due_at\":\"2026-11-23T10:00:05Z\"",
                        "\"id\":\"msg_2\",\"turn\":\"t-2\",\"state\":\"dormant\",\"url\":\"http://a.test/in\",\"tries\":1",
                        "\"id\":\"msg_3\",\"turn\":\"t-3\",\"state\":\"dead\",\"url\":\"http://a.test/in\",\"tries\":1"),
                List.of(installation.out().strip().replaceAll("^\\[\\{|}]$", "").split("},\\{")));
        assertEquals(0, installation.run("webhook", "show", "t-3"), installation.err());
        assertEquals(
                "{\"url\":\"http://a.test/in\",\"webhook_id\":\"msg_3\",\"state\":\"dead\",\"attempts\":[" + TRY
                        + "],\"turn\":\"t-3\"}\n",
                installation.out());
    }

    @Test
    void a_webhook_is_asked_for_by_its_name_unless_its_turn_still_runs() throws IOException {
        FilledInstallation installation = withWebhooks("msg_1");
        for (String which : List.of("t-1", "msg_3")) {
            assertEquals(0, installation.run("webhook", "retry", which), installation.err());
            assertTrue(installation.out().startsWith("asked for: "), installation.out());
        }
        assertEquals(1, installation.run("webhook", "retry", "t-2"));
        assertTrue(installation.err().endsWith("; a dormant one waits for the end of its turn\n"), installation.err());
        assertEquals(1, installation.run("webhook", "show", "nothing"));
        assertEquals(
                "offload: there is no such webhook that is not delivered: `webhook list` shows them\n",
                installation.err());
        for (String turn : List.of("t-1", "t-2", "t-3")) {
            assertEquals(!turn.equals("t-2"), Files.exists(folder.resolve(WEBHOOKS + turn + ".retry")), turn);
        }
    }

    /** Whatever a file of an older version holds: JSON allows the controls of two bytes in its strings. */
    @Test
    void a_webhook_commands_no_terminal() throws IOException {
        FilledInstallation installation = withWebhooks("msg\u009b2J");
        assertEquals(0, installation.run(true, "webhook", "list"));
        assertTrue(installation.out().contains("msg?2J "), installation.out());
        for (String[] command : new String[][] {{"webhook", "list", "--json"}, {"webhook", "show", "t-1"}}) {
            assertEquals(0, installation.run(true, command));
            assertTrue(installation.out().contains("\"msg\\u009b2J\""), installation.out());
            assertFalse(installation.out().contains("\u009b"), installation.out());
            assertEquals(0, installation.run(command));
            assertTrue(installation.out().contains("\"msg\u009b2J\""), installation.out());
        }
    }

    @Test
    void what_keys_were_used_for_is_the_sum_over_all_nodes_and_who_only_looks_leaves_nothing_behind()
            throws IOException {
        FilledInstallation installation = installation();
        for (String command : List.of("list", "usage")) {
            assertEquals(0, installation.run("key", command), installation.err());
        }
        assertEquals(List.of(), List.of(folder.toFile().list()));
        String key = "\"prefix\":\"ofl_webwebwe\",\"name\":\"web\",\"created_at\":\"2023-06-01T11:07:06Z\","
                + "\"quota_per_month\":9,\"rate_per_minute\":5";
        installation.file(".offload/keys/ofl_webwebwe.json", "{\"sha256\":\"" + "0".repeat(64) + "\"," + key + "}");
        for (int node = 1; node < 3; node++) {
            installation.file(".offload/usage/ofl_webwebwe/2023-06/" + node, "" + 3 * node);
        }
        assertEquals(0, installation.run("key", "usage", "--json", "web"), installation.err());
        String months = "\"months\":{\"2023-06\":9,\"" + YearMonth.now(ZoneOffset.UTC) + "\":0}";
        assertEquals("[{" + key + ",\"revoked\":false," + months + "}]\n", installation.out());
        assertEquals(1, installation.run("key", "usage", "nobody"));
        assertTrue(installation.err().startsWith("offload: There is no such key"), installation.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"key", "webhook"})
    void who_says_not_what_to_do_is_told_what_there_is(String command) {
        FilledInstallation installation = installation();
        assertEquals(2, installation.run(command));
        assertTrue(installation.err().startsWith("offload: say what to do: " + command + " "), installation.err());
    }

    @Test
    void what_is_kept_is_what_is_configured_unless_another_number_is_said_and_at_least_a_day() throws IOException {
        String day = "pub/"
                + DateTimeFormatter.ofPattern("yyyy/MM/dd")
                        .format(LocalDate.now(ZoneOffset.UTC).minusDays(4));
        FilledInstallation installation = installation();
        Path file = installation.file(day + "/11/07/06/one.json", "{}");
        assertEquals(0, installation.keeping(9).run("gc"), installation.err());
        assertEquals("removed 0 days; kept today and the 9 before it\n", installation.out());
        assertEquals(2, installation.run("gc", "--days", "0"));
        assertTrue(Files.exists(file));
        assertEquals(0, installation.run("gc", "--days", "2"), installation.err());
        assertEquals("removed 1 days; kept today and the 2 before it\n", installation.out());
        assertFalse(Files.exists(file));
    }

    @Test
    void verify_tells_scripts_what_it_tells_people() throws IOException {
        FilledInstallation installation = installation();
        assertEquals(0, installation.run("verify", "--json"), installation.err());
        assertEquals("{\"turns\":0,\"running\":0,\"faults\":[]}\n", installation.out());
        String turn = "pub/2023/06/01/11/07/06/one.json";
        installation.file(turn, "{ this is no JSON");
        assertEquals(1, installation.run("verify", "--json"), installation.err());
        String begin = "{\"turns\":1,\"running\":0,\"faults\":[{\"path\":\"" + turn
                + "\",\"what\":\"is no whole status\",\"remedy\":\"";
        assertTrue(installation.out().startsWith(begin), installation.out());
    }

    /** Who may write into the folder to make stop files may give a link any name. */
    @Test
    void the_name_of_a_link_in_the_folder_commands_no_terminal() throws IOException {
        FilledInstallation installation = installation();
        Path year = Files.createDirectories(folder.resolve("pub/2023"));
        Files.createSymbolicLink(year.resolve("red\u001b[31m\u009b2J"), Path.of("nowhere"));
        assertEquals(1, installation.run(true, "verify"));
        assertTrue(installation.out().startsWith("pub/2023/red?[31m?2J: is a link"), installation.out());
        assertEquals(1, installation.run("verify"));
        assertTrue(installation.out().startsWith("pub/2023/red\u001b[31m\u009b2J: is a link"), installation.out());
    }

    /** A file may have been made by hand. */
    @Test
    void the_name_of_a_revoked_key_commands_no_terminal() throws IOException {
        FilledInstallation installation = installation();
        String key = "\"prefix\":\"ofl_webwebwe\",\"name\":\"red\\u001b[31m\",\"created_at\":\"2023-06-01T11:07:06Z\"";
        installation.file(".offload/keys/ofl_webwebwe.json", "{\"sha256\":\"" + "0".repeat(64) + "\"," + key + "}");
        assertEquals(0, installation.run(true, "key", "revoke", "ofl_webwebwe"), installation.err());
        assertEquals("revoked ofl_webwebwe (red?[31m)\n", installation.out());
    }

    @Test
    void config_shows_the_settings_that_begin_so_and_tells_of_faults_besides() {
        FilledInstallation installation = installation()
                .settings(
                        new Setting("an.upstream", "0", "default", false),
                        new Setting("upstream.key", "hidden", "o.yaml", true),
                        new Setting("upstream.url", "", "default", false));
        assertEquals(0, installation.run("config", "upstream"), installation.err());
        assertEquals("""
                KEY           VALUE             FROM
                upstream.key  (set, not shown)  o.yaml
                upstream.url  ""                default
                """, installation.out());
        installation.faults("port is wrong", "so is host");
        assertEquals(2, installation.run("config", "--json", "upstream."));
        assertEquals(
                "[{\"key\":\"upstream.key\",\"value\":\"(set, not shown)\",\"source\":\"o.yaml\",\"secret\":true},"
                        + "{\"key\":\"upstream.url\",\"value\":\"\",\"source\":\"default\",\"secret\":false}]\n",
                installation.out());
        assertEquals("port is wrong\nso is host\n", installation.err());
    }

    @Test
    void what_check_would_make_is_told_and_not_made() {
        FilledInstallation installation = new FilledInstallation(folder.resolve("a/b"));
        assertEquals(0, installation.run("check", "--offline", "--json"), installation.out());
        assertTrue(
                installation
                        .out()
                        .contains("{\"grade\":\"warning\",\"about\":\"data folder\",\"said\":\"" + folder.resolve("a/b")
                                + " does not exist yet\",\"fix\":\"nothing, if"),
                installation.out());
        assertEquals(List.of(), List.of(folder.toFile().list()));
    }
}
