package offload.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import offload.cli.terminal.ReaderGone;
import offload.cli.terminal.Terminal;
import offload.testing.OffloadProcess;
import offload.testing.OffloadProcess.Result;
import offload.testing.Script;
import offload.testing.ScriptedUpstream;
import offload.testing.Until;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientCommandsIT {
    private static final Pattern STATUS = Pattern.compile("status: (\\S+)(?: --token (\\S+))?");

    @TempDir
    Path folder = Path.of("");

    private final ScriptedUpstream upstream = upstream();
    private OffloadProcess server = OffloadProcess.start(Map.of(), "", "--version");
    private Map<String, String> client = Map.of();

    private static ScriptedUpstream upstream() {
        try {
            return ScriptedUpstream.start();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String chunk(String text) {
        return "{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\""
                + text + "\"},\"finish_reason\":null}]}";
    }

    @BeforeEach
    void serve() {
        server.close();
        server = OffloadProcess.start(
                Map.of(
                        "OFFLOAD_PORT",
                        "0",
                        "OFFLOAD_DATA_DIR",
                        folder.toString(),
                        "OFFLOAD_UPSTREAM_URL",
                        upstream.base().toString(),
                        "OFFLOAD_SHUTDOWN_GRACE",
                        "0"),
                "",
                "serve");
        client = Map.of("OFFLOAD_SERVER", server.base().toString(), "OPENAI_API_KEY", "sk-test");
    }

    @AfterEach
    void end() {
        server.close();
        upstream.close();
    }

    @Test
    void ask_prints_the_answer_alone_and_status_and_tail_print_it_again() {
        upstream.always(Script.events(chunk("Hello, "), chunk("moon.")));
        Result asked = OffloadProcess.runWith(
                client, "of the moon", "ask", "--model", "m1", "--system", "Be brief.", "Speak", "-");
        assertEquals(0, asked.code(), asked.err());
        assertEquals("Hello, moon.\n", asked.out());
        String sent = upstream.request(0).text();
        assertTrue(sent.contains("Speak of the moon") && sent.contains("Be brief.") && sent.contains("\"m1\""), sent);
        String url = url(asked.err());
        assertEquals("Hello, moon.\n", OffloadProcess.run(client, "tail", url).out());
        Result status = OffloadProcess.run(client, "status", url, "--wait");
        assertEquals("done (completed)\nHello, moon.\n", status.out(), status.err());
        assertTrue(OffloadProcess.run(client, "tail", "--json", url).out().startsWith(chunk("Hello, ") + "\n"));
        assertEquals(
                0, OffloadProcess.run(client, "ask", "--continue", url, "And?").code());
        String second = upstream.request(1).text();
        assertTrue(second.contains("Hello, moon.") && second.contains("And?"), second);
    }

    @Test
    void of_an_answer_in_parts_tail_and_status_print_the_text() {
        String thought = chunk("x").replace("\"x\"", "[{\"type\":\"thinking\",\"thinking\":[]}]");
        upstream.always(Script.events(thought, chunk("Hello, "), chunk("moon.")));
        String url = url(OffloadProcess.run(client, "ask", "Speak").err());
        assertEquals("Hello, moon.\n", OffloadProcess.run(client, "tail", url).out());
        Result status = OffloadProcess.run(client, "status", url, "--wait");
        assertEquals("done (completed)\nHello, moon.\n", status.out(), status.err());
    }

    @Test
    void a_private_turn_opens_with_the_token_that_ask_names() {
        upstream.always(Script.events(chunk("Psst")));
        Result asked = OffloadProcess.run(client, "ask", "--private", "A secret?");
        Matcher line = STATUS.matcher(asked.err());
        assertTrue(line.find(), asked.err());
        assertEquals(1, OffloadProcess.run(client, "tail", line.group(1)).code());
        assertEquals(
                "Psst\n",
                OffloadProcess.run(client, "tail", line.group(1), "--token", line.group(2))
                        .out());
    }

    @Test
    void json_of_a_private_turn_holds_the_token_that_is_shown_this_once() {
        upstream.always(Script.events(chunk("Psst")));
        Result asked = OffloadProcess.run(client, "ask", "--private", "--json", "A secret?");
        Matcher url = Pattern.compile("\"status_url\":\"([^\"]+)\"").matcher(asked.out());
        Matcher token = Pattern.compile("\"bearer_token\":\"([0-9a-f]{32})\"").matcher(asked.out());
        assertTrue(url.find() && token.find(), asked.out());
        Result tail = OffloadProcess.run(client, "tail", url.group(1), "--token", token.group(1));
        assertEquals("Psst\n", tail.out(), tail.err());
    }

    @Test
    void a_turn_is_followed_no_further_when_nobody_reads_what_is_printed() {
        upstream.always(Script.eventsThenWait(new CountDownLatch(1), chunk("first"), chunk("second")));
        PrintStream gone = new PrintStream(OutputStream.nullOutputStream(), true, UTF_8) {
            @Override
            public boolean checkError() {
                return true;
            }
        };
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        Terminal terminal =
                new Terminal(InputStream.nullInputStream(), gone, new PrintStream(told, true, UTF_8), false, false);
        try (OffloadProcess ask = OffloadProcess.start(client, "", "ask", "Go on for ever")) {
            Until.holds("the first token", () -> ask.out().contains("first"));
            String[] arguments = {"tail", url(ask.err())};
            assertEquals(ReaderGone.CODE, OffloadCommand.run(arguments, new NoInstallation(), terminal, () -> 0));
        }
        assertEquals("", told.toString(UTF_8));
    }

    @Test
    void ask_finds_the_server_that_the_configuration_describes() {
        upstream.always(Script.events(chunk("Here")));
        Map<String, String> configured =
                Map.of("OFFLOAD_PORT", String.valueOf(server.base().getPort()), "OPENAI_API_KEY", "sk-test");
        Result asked = OffloadProcess.run(configured, "ask", "Where are you?");
        assertEquals("Here\n", asked.out(), asked.err());
    }

    @Test
    void stop_ends_a_turn_and_tail_ends_with_it() {
        upstream.always(Script.eventsThenWait(new CountDownLatch(1), chunk("partial")));
        try (OffloadProcess ask = OffloadProcess.start(client, "", "ask", "Go on for ever")) {
            Until.holds("the first token", () -> ask.out().contains("partial"));
            assertEquals(0, OffloadProcess.run(client, "stop", url(ask.err())).code());
            Result ended = ask.result();
            assertEquals("partial\n", ended.out());
            assertEquals(0, ended.code(), ended.err());
        }
    }

    @Test
    void an_error_of_the_upstream_is_told_and_is_the_exit_code() {
        upstream.always(Script.answer("500 Oops", "application/json", "{\"error\":{\"message\":\"broken\"}}"));
        Result asked = OffloadProcess.run(client, "ask", "Hello?");
        assertEquals(1, asked.code());
        assertTrue(asked.err().contains("upstream_error"), asked.err());
        Result status = OffloadProcess.run(client, "status", "--json", url(asked.err()));
        assertEquals(1, status.code());
        assertTrue(status.out().contains("\"status\":\"error\""), status.out());
    }

    @Test
    void nobody_there_and_no_url_of_a_turn_are_told_without_a_stack_trace() {
        Result nobody = OffloadProcess.run(client, "ask", "--server", "http://127.0.0.1:1", "Hello?");
        assertEquals(1, nobody.code());
        assertTrue(nobody.err().contains("nobody listens at http://127.0.0.1:1"), nobody.err());
        Result wrong = OffloadProcess.run(client, "tail", "http://127.0.0.1:1/nothing");
        assertEquals(2, wrong.code());
        Result unknown = OffloadProcess.run(client, "ask", "--server", "http://nowhere.invalid", "Hello?");
        assertEquals(1, unknown.code());
        assertTrue(unknown.err().contains("no machine called nowhere.invalid"), unknown.err());
        assertFalse((nobody.err() + wrong.err()).contains("\tat "), wrong.err());
    }

    private static String url(String err) {
        Matcher line = STATUS.matcher(err);
        assertTrue(line.find(), err);
        return line.group(1);
    }
}
