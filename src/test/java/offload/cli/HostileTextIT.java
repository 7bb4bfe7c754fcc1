package offload.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.stream.Stream;
import offload.cli.terminal.Terminal;
import offload.json.Json;
import offload.json.JsonFault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a model or an upstream says is shown on a terminal, and commands it to nothing: neither by ESC nor by U+009B. */
class HostileTextIT {
    private static final String HOSTILE = "red\\u001b[31m\\u009b2J\\u009d0;title\\u0007\\u007f\\n\\tend";
    private static final String SHOWN = "red?[31m?2J?0;title??\n\tend";
    private static final String CHUNK = "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + HOSTILE + "\"}}]}";
    private static final String DONE =
            "{\"status\":\"done\",\"state\":\"completed\",\"response\":{\"body\":{\"choices\":["
                    + "{\"message\":{\"content\":\"" + HOSTILE + "\"}}]}}}";
    private static final String FAILED = "{\"status\":\"error\",\"state\":\"failed\",\"error\":{\"code\":\"c\","
            + "\"message\":\"" + HOSTILE + "\"}}";

    private ClientBench bench;

    @BeforeEach
    void begin() throws IOException {
        bench = new ClientBench();
    }

    @AfterEach
    void end() {
        bench.close();
    }

    private int run(String command, String answer, int status, boolean isShown, String... options) {
        bench.answers(status + " " + answer);
        String[] arguments = Stream.concat(
                        Stream.of(command, bench.url(ClientBench.TURN + ".json")), Stream.of(options))
                .toArray(String[]::new);
        return bench.run("", isShown && status == 200, isShown && status != 200, arguments);
    }

    @Test
    void an_answer_in_a_status() {
        assertEquals(0, run("status", DONE, 200, true));
        assertTrue(bench.out().endsWith(SHOWN + "\n"), bench.out());
    }

    @Test
    void an_error_in_a_status() {
        assertEquals(1, run("status", FAILED, 200, true));
        assertTrue(bench.out().endsWith("c: " + SHOWN + "\n"), bench.out());
    }

    @Test
    void an_answer_that_is_followed() {
        String first = "data: " + CHUNK + "\nid: ";
        int end = first.length() + 2 + 3;
        assertEquals(0, run("tail", first + end + "\n\ndata: [DONE]\nid: " + (end + 23) + "\n\n", 200, true));
        assertEquals(SHOWN + "\n", bench.out());
    }

    @Test
    void a_refusal() {
        assertEquals(1, run("stop", "{\"error\":\"" + HOSTILE + "\"}", 404, true));
        assertTrue(bench.err().endsWith(SHOWN + "\n"), bench.err());
    }

    @Test
    void what_is_no_HTTP() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread answering = Thread.ofVirtual().start(() -> answerWithoutHttp(other));
            String url = "http://127.0.0.1:" + other.getLocalPort() + ClientBench.TURN + ".json";
            assertEquals(1, bench.run("", false, true, "status", url));
            answering.join();
        }
        assertTrue(bench.err().contains("red?[31m"), bench.err());
    }

    private static void answerWithoutHttp(ServerSocket listener) {
        try (Socket client = listener.accept()) {
            client.getInputStream().read(new byte[8192]);
            client.getOutputStream().write("red\u001b[31m\r\n\r\n".getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void the_state_of_a_turn_and_what_is_told_besides() {
        assertEquals(0, run("status", DONE.replace("completed", HOSTILE), 200, true));
        assertTrue(bench.out().startsWith("done (" + SHOWN + ")\n"), bench.out());
        Terminal terminal = bench.terminal("", false, true);
        terminal.tell("red\u001b[31m");
        assertEquals("red?[31m\n", bench.err());
        terminal.progress("red\u001b[31m");
        assertEquals("red?[31m\n\r\u001b[Kred?[31m", bench.err());
    }

    @Test
    void JSON_means_the_same_and_holds_no_control() throws JsonFault {
        assertEquals(0, run("status", DONE, 200, true, "--json"));
        String shown = bench.out();
        assertEquals(List.of('\n'), controls(shown));
        assertTrue(shown.contains("\\u001b[31m\\u009b2J\\u009d0;title\\u0007\\u007f\\n\\tend"), shown);
        assertEquals(Json.object(DONE.getBytes(UTF_8)), Json.object(shown.getBytes(UTF_8)));
    }

    @Test
    void JSON_that_is_followed_means_the_same_and_holds_no_control() throws JsonFault {
        String raw = CHUNK.replace("\\u009b", "\u009b").replace("\\u007f", "\u007f");
        String record = "data: " + raw + "\nid: ";
        int end = record.getBytes(UTF_8).length + 2 + 3;
        String events = record + end + "\n\ndata: [DONE]\nid: " + (end + 23) + "\n\n";
        assertEquals(0, run("tail", events, 200, true, "--json"));
        String shown = bench.out();
        assertTrue(shown.startsWith("{\"choices\":"), shown);
        assertEquals(List.of('\n'), controls(shown));
        assertEquals(Json.object(raw.getBytes(UTF_8)), Json.object(shown.getBytes(UTF_8)));
    }

    @Test
    void JSON_of_what_was_asked_means_the_same_and_holds_no_control() throws Exception {
        String raw = DONE.replace("\\u009b", "\u009b").replace("\\u007f", "\u007f");
        String turn = bench.url(ClientBench.TURN + ".json");
        bench.answers("200 {\"status\":\"success\",\"endpoints\":{\"status_url\":\"" + turn + "\"}}");
        bench.answers("200 data: [DONE]\nid: 23\n\n", "200 " + raw);
        assertEquals(0, bench.run("", true, false, "ask", "--json", "--server", bench.base(), "Hello?"));
        assertEquals(List.of('\n'), controls(bench.out()));
        assertEquals(Json.object(raw.getBytes(UTF_8)), Json.object(bench.out().getBytes(UTF_8)));
    }

    private static List<Character> controls(String text) {
        return text.chars()
                .filter(Character::isISOControl)
                .mapToObj(c -> (char) c)
                .toList();
    }

    @Test
    void what_the_operator_is_told() {
        Installation hostile = new NoInstallation() {
            @Override
            public List<String> faults() {
                return List.of("red\u001b[31m\u009b2J");
            }
        };
        Terminal terminal = bench.terminal("", true, false);
        assertEquals(2, OffloadCommand.run(new String[] {"check"}, hostile, terminal, () -> 0));
        assertTrue(bench.out().contains("red?[31m?2J\n"), bench.out());
        assertEquals(2, OffloadCommand.run(new String[] {"check", "--json"}, hostile, terminal, () -> 0));
        assertTrue(bench.out().contains("red\\u001b[31m\\u009b2J"), bench.out());
    }

    @Test
    void who_is_no_terminal_gets_it_as_it_is() {
        assertEquals(0, run("status", DONE, 200, false));
        assertTrue(bench.out().contains("red\u001b[31m\u009b2J"), bench.out());
    }
}
