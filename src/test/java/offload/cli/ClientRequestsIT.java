package offload.cli;

import static offload.cli.ClientBench.TURN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import offload.testing.OffloadProcess;
import offload.testing.OffloadProcess.Result;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client asks a server for, and what it makes of the answers. */
class ClientRequestsIT {
    private static final String DONE = "data: [DONE]\nid: 99\n\n";
    private static final String ACCEPTED =
            "200 {\"status\":\"success\",\"endpoints\":{\"status_url\":\"SERVER" + TURN + ".json\"}}";

    private final ClientBench bench = bench();

    private static ClientBench bench() {
        try {
            return new ClientBench();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @AfterEach
    void end() {
        bench.close();
    }

    private static String chunk(String delta, int index, int id) {
        return "data: {\"choices\":[{\"index\":" + index + ",\"delta\":{\"content\":\"" + delta + "\"}}]}\nid: " + id
                + "\n\n";
    }

    /** Of the query only what opens the events goes along: a cursor in it would leave out what is asked for. */
    @ParameterizedTest
    @CsvSource({
        "tail, .json, GET, .txt",
        "tail, .txt?stream_token=abc, GET, .txt?stream_token=abc",
        "tail, .txt?offset=17, GET, .txt",
        "tail, .raw, GET, .txt",
        "tail, /stop, GET, .txt",
        "status, .txt?stream_token=abc, GET, .json",
        "status, .json?wait=5, GET, .json",
        "stop, .json, POST, /stop",
        "stop, /stop, POST, /stop"
    })
    void any_URL_of_a_turn_names_it_and_the_token_goes_along(
            String command, String given, String method, String asked) {
        bench.answers(command.equals("tail") ? "200 " + DONE : "200 {\"status\":\"done\"}");
        assertEquals(0, bench.run(command, bench.url(TURN + given), "--token", "t"), bench.err());
        assertEquals("Bearer t", bench.asked().getFirst().fields().getFirst("Authorization"));
        assertEquals(List.of(method + " " + TURN + asked), bench.lines());
    }

    @Test
    void tail_begins_after_the_cursor_that_is_named() {
        bench.answers("200 " + DONE, "200 " + DONE);
        assertEquals(0, bench.run("tail", bench.url(TURN + ".json")));
        assertEquals(0, bench.run("tail", bench.url(TURN + ".json"), "--from", "17"));
        assertEquals("0", bench.asked().get(0).fields().getFirst("Last-Event-ID"));
        assertEquals("17", bench.asked().get(1).fields().getFirst("Last-Event-ID"));
    }

    @Test
    void tail_at_the_end_of_a_finished_turn_ends() {
        bench.answers("204 ");
        assertEquals(0, bench.run("tail", bench.url(TURN + ".json"), "--from", "99"), bench.err());
        assertEquals("", bench.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"502", "503", "504"})
    void a_server_that_is_away_for_now_is_asked_again_at_the_cursor(String status) {
        bench.answers("200 " + chunk("one", 0, 17), status + " ", "200 " + chunk("\\n", 0, 34) + DONE);
        assertEquals(0, bench.run("tail", bench.url(TURN + ".json")), bench.err());
        assertEquals("one\n", bench.out());
        assertEquals(
                "the connection ended; going on at 17\nthe server answered " + status + "; going on at 17\n",
                bench.err());
        assertEquals("17", bench.asked().get(2).fields().getFirst("Last-Event-ID"));
    }

    @Test
    void of_several_choices_the_first_is_printed_and_JSON_has_all() {
        String events = chunk("first", 0, 17) + chunk("second", 1, 34) + DONE;
        bench.answers("200 " + events, "200 " + events);
        assertEquals(0, bench.run("tail", bench.url(TURN + ".json")), bench.err());
        assertEquals("first\n", bench.out());
        assertEquals(0, bench.run("tail", "--json", bench.url(TURN + ".json")), bench.err());
        assertTrue(bench.out().matches("first\n\\{.*first.*}\n\\{.*second.*}\n"), bench.out());
    }

    @Test
    void status_waits_as_often_as_it_takes_and_tells_whoever_looks_how_far_it_is() {
        bench.answers(
                "200 {\"status\":\"waiting\",\"state\":\"queued\"}",
                "200 {\"status\":\"streaming\",\"state\":\"in_progress\","
                        + "\"response\":{\"body\":{\"choices\":[{\"message\":{\"content\":\"Hel\"}}]}}}",
                "200 {\"status\":\"error\",\"state\":\"failed\"}");
        assertEquals(1, bench.run("", false, true, "status", "--wait", bench.url(TURN + ".json")));
        String get = "GET " + TURN + ".json";
        assertEquals(List.of(get, get + "?wait=5", get + "?wait=5"), bench.lines());
        assertEquals("error (failed)\n", bench.out());
        assertEquals(
                "\r\033[Kqueued, 0 characters\r\033[Kin_progress, 3 characters\r\033[K",
                bench.err().replaceAll("\033\\[[02]m", ""));
    }

    @Test
    void ask_sends_what_it_was_told_and_waits_for_the_status_that_it_prints() {
        bench.answers(ACCEPTED.replace("SERVER", bench.base()), "200 " + DONE, "200 {\"status\":\"done\"}");
        String earlier = bench.url(TURN + "-0.json");
        int code = bench.run(
                "ask", "--server", bench.base() + "//", "--continue", earlier, "--token", "t", "--json", "And", "you?");
        assertEquals(0, code, bench.err());
        assertEquals("{\"status\":\"done\"}\n", bench.out());
        assertEquals(
                List.of("POST /v1/stream-chatgpt", "GET " + TURN + ".txt", "GET " + TURN + ".json?wait=10"),
                bench.lines());
        assertEquals(
                "{\"from_status_url\":\"" + earlier + "\",\"from_bearer_token\":\"t\","
                        + "\"messages\":[{\"role\":\"user\",\"content\":\"And you?\"}]}",
                bench.asked().getFirst().body());
    }

    @Test
    void a_question_comes_from_standard_input_where_no_other_is_there_and_must_be_one() {
        assertEquals(2, bench.run(" \n", false, false, "ask", "--server", bench.base()));
        assertEquals(2, bench.run("", false, false, "ask", "--server", bench.base(), " "));
        assertTrue(bench.err().startsWith("offload: there is no question: give it as an argument"), bench.err());
        assertEquals(List.of(), bench.lines());
        bench.answers(ACCEPTED.replace("SERVER", bench.base()), "200 " + DONE);
        assertEquals(0, bench.run("Who?\n", false, false, "ask", "--server", bench.base()), bench.err());
        assertTrue(bench.asked().getFirst().body().contains("\"content\":\"Who?\""));
    }

    /** As `export OPENAI_API_KEY="$(cat key) "` leaves it, and a variable that was emptied rather than unset. */
    @Test
    void a_key_is_sent_without_the_blanks_around_it_and_an_empty_one_not_at_all() {
        bench.answers(ACCEPTED.replace("SERVER", bench.base()), "200 " + DONE);
        Map<String, String> variables =
                Map.of("OFFLOAD_SERVER", bench.base(), "OPENAI_API_KEY", " sk-test\n", "OFFLOAD_API_KEY", " ");
        Result asked = OffloadProcess.run(variables, "ask", "Hello?");
        assertEquals(0, asked.code(), asked.err());
        var fields = bench.asked().getFirst().fields();
        assertEquals("sk-test", fields.getFirst("X-OpenAI-API-Key"));
        assertEquals(null, fields.getFirst("X-API-Key"));
    }

    @Test
    void a_variable_that_was_emptied_names_no_server() {
        bench.answers(ACCEPTED.replace("SERVER", bench.base()), "200 " + DONE);
        String port = bench.base().replaceFirst(".*:", "");
        Result asked = OffloadProcess.run(Map.of("OFFLOAD_SERVER", " ", "OFFLOAD_PORT", port), "ask", "Hello?");
        assertEquals(0, asked.code(), asked.err());
    }
}
