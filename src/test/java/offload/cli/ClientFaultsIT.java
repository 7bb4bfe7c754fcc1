package offload.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import offload.cli.terminal.CommandFault;
import offload.cli.terminal.Terminal;
import offload.testing.OffloadProcess;
import offload.testing.OffloadProcess.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a client says where no Offload is to blame: keys that are none, and servers that are none. */
class ClientFaultsIT {
    private static final String SERVER = "http://127.0.0.1:1";

    @Test
    void a_key_or_token_that_cannot_be_sent_is_named_and_not_shown() {
        for (String variable : List.of("OPENAI_API_KEY", "OFFLOAD_API_KEY")) {
            Result asked = OffloadProcess.run(Map.of(variable, "sk-hid\nden"), "ask", "--server", SERVER, "Hello?");
            assertEquals(2, asked.code());
            assertTrue(asked.err().startsWith("offload: " + variable + " holds a character"), asked.err());
            assertFalse(asked.err().contains("den"), asked.err());
        }
        String turn = SERVER + "/1/r/priv/2026/01/01/00/00/00/x.json";
        for (String command : List.of("tail", "status", "stop")) {
            Result refused = OffloadProcess.run(Map.of(), command, turn, "--token", "hid\nden");
            assertEquals(2, refused.code());
            assertTrue(refused.err().startsWith("offload: the token holds a character"), refused.err());
            assertFalse(refused.err().contains("den"), refused.err());
        }
    }

    @Test
    void an_address_that_is_none_is_told_and_its_scheme_may_have_capitals() {
        assertToldOf("HTTP://127.0.0.1:70000", 2, "is no http or https URL");
        assertToldOf("ftp://127.0.0.1:1", 2, "is no http or https URL");
        assertToldOf("HTTP://127.0.0.1:1", 1, "127.0.0.1:1");
    }

    private static void assertToldOf(String server, int code, String expected) {
        Result asked = OffloadProcess.run(Map.of(), "ask", "--server", server, "Hello?");
        assertEquals(code, asked.code(), asked.err());
        assertTrue(asked.err().contains(expected) && !asked.err().contains("failed inside"), asked.err());
    }

    @Test
    void a_question_that_begins_with_an_at_names_no_file(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("words"), "--version");
        Result asked = OffloadProcess.run(Map.of(), "ask", "--server", SERVER, "@" + file);
        assertEquals(1, asked.code(), asked.out() + asked.err());
    }

    @Test
    void who_is_no_offload_server_is_told_so_whatever_he_answers() throws IOException {
        Map<String, String> answers = Map.of(
                "404 {\"error\":\"model not found\"}", "the server answered 404: model not found",
                "404 {\"error\":null}", "the server answered 404",
                "500 {\"error\":[1]}", "the server answered 500",
                "200 {\"name\":\"something else\"}", "an Offload server?",
                "200 {\"status\":7}", "an Offload server?",
                "200 [1]", "an Offload server?");
        for (Map.Entry<String, String> answer : answers.entrySet()) {
            assertToldOf(answer.getKey(), answer.getValue(), "ask", "Hello?");
            assertToldOf(answer.getKey(), answer.getValue(), "status", "--wait");
            assertToldOf(answer.getKey(), answer.getValue(), "stop");
        }
        assertToldOf("200 {\"status\":\"ok\"}", "an Offload server?", "ask", "Hello?");
        assertToldOf("404 {\"error\":\"model not found\"}", "the server answered 404: model not found", "tail");
    }

    private static void assertToldOf(String answer, String expected, String command, String... more)
            throws IOException {
        HttpServer other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        other.createContext("/", exchange -> {
            byte[] body = answer.substring(4).getBytes(UTF_8);
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(Integer.parseInt(answer.substring(0, 3)), body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        other.start();
        String base = "http://127.0.0.1:" + other.getAddress().getPort();
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(command.equals("ask") ? List.of("--server", base) : List.of(base + "/turn.json"));
        arguments.addAll(List.of(more));
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(OutputStream.nullOutputStream());
        Terminal terminal =
                new Terminal(InputStream.nullInputStream(), out, new PrintStream(told, true, UTF_8), false, false);
        try {
            int code = OffloadCommand.run(arguments.toArray(String[]::new), new NoInstallation(), terminal, () -> 0);
            assertEquals(CommandFault.FAILED, code);
        } finally {
            other.stop(0);
        }
        assertTrue(told.toString(UTF_8).contains(expected), answer + " at " + command + ": " + told.toString(UTF_8));
    }
}
