package offload.engine.execution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import offload.upstream.ChatEnd;
import offload.upstream.ChatSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a turn ends, by what its upstream says and by what comes in between. */
class TurnRunnerTest {
    private static final String TOKEN =
            "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"},\"finish_reason\":null}]}";
    private static final String FINISH = "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}";

    @TempDir
    Path folder;

    /** Some upstreams finish an answer and then keep silent: it is whole all the same, but for a device that lost it. */
    @ParameterizedTest
    @CsvSource({
        "TIMEOUT, false, failed, upstream_timeout",
        "TIMEOUT, true, completed, ''",
        "SHUTDOWN, false, failed, interrupted",
        "SHUTDOWN, true, completed, ''",
        "MEMORY, false, failed, interrupted",
        "MEMORY, true, completed, ''",
        "STOP, false, cancelled, ''",
        "STOP, true, cancelled, ''",
        "STORAGE, true, failed, storage_error",
    })
    void what_ends_a_call_from_outside_ends_the_turn_as_that_does_unless_its_answer_is_whole(
            Ending ending, boolean whole, String state, String code) throws Exception {
        try (OpenTurn open = OpenTurn.in(folder)) {
            JsonObject status = TurnRun.of(open, sink -> {
                answer(sink, whole);
                assertTrue(open.turn().end(ending));
                assertTrue(Thread.interrupted(), "who waits for the upstream waits no more");
                return new ChatEnd.Aborted();
            });
            assertEnded(status, state, code);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ENDED, false, failed, upstream_truncated",
        "ENDED, true, completed, ''",
        "TRUNCATED, false, failed, upstream_truncated",
        "TRUNCATED, true, completed, ''",
        "INVALID, false, failed, upstream_invalid",
        "INVALID, true, completed, ''",
        "NO_JSON, false, failed, upstream_invalid",
        "NO_JSON, true, completed, ''",
        "DONE, false, completed, ''",
        "THROWS, false, failed, upstream_error",
    })
    void however_an_upstream_breaks_off_an_answer_that_is_whole_stays_so(
            String how, boolean whole, String state, String code) throws Exception {
        try (OpenTurn open = OpenTurn.in(folder)) {
            JsonObject status = TurnRun.of(open, sink -> {
                answer(sink, whole);
                if (how.equals("NO_JSON")) {
                    TurnRun.say(sink, "{noise");
                }
                return switch (how) {
                    case "ENDED" -> new ChatEnd.Ended();
                    case "TRUNCATED" -> new ChatEnd.Truncated("lost");
                    case "INVALID" -> new ChatEnd.Invalid("noise");
                    case "DONE" -> new ChatEnd.Done();
                    default -> throw new IllegalStateException(how);
                };
            });
            assertEnded(status, state, code);
        }
    }

    @Test
    void an_error_in_the_stream_is_one_also_after_an_answer_that_is_whole_which_is_kept_and_hides_the_key()
            throws Exception {
        try (OpenTurn open = OpenTurn.in(folder)) {
            JsonObject status = TurnRun.of(open, sink -> {
                TurnRun.say(sink, TOKEN);
                TurnRun.say(sink, FINISH);
                TurnRun.say(sink, "{\"error\":{\"message\":\"wrong: " + TurnRun.KEY + "\"}}");
                return new ChatEnd.Done();
            });
            assertEnded(status, "failed", "upstream_error");
            assertEquals("wrong: ***", status.getJsonObject("error").getString("message"));
            assertFalse(Files.readString(open.files().events()).contains(TurnRun.KEY));
        }
    }

    /** The thread that brings it brings the events of all turns, and what an error says may be long. */
    @Test
    void an_error_in_the_stream_is_left_as_it_is_to_the_thread_of_its_turn() throws Exception {
        String said = "{\"error\":{\"message\":\"wrong: " + TurnRun.KEY + "\"}}";
        try (OpenTurn open = OpenTurn.in(folder)) {
            JsonObject status = TurnRun.of(open, sink -> {
                ErrorEvent event = assertThrows(ErrorEvent.class, () -> TurnRun.say(sink, said));
                assertEquals(said, new String(event.said(), UTF_8));
                throw event;
            });
            assertEnded(status, "failed", "upstream_error");
            assertEquals("wrong: ***", status.getJsonObject("error").getString("message"));
        }
    }

    @Test
    void of_a_long_error_in_the_stream_the_beginning_is_kept() throws Exception {
        String said = "{\"error\":{\"message\":\"no\",\"input\":\"" + "x".repeat(70_000) + "\"}}";
        try (OpenTurn open = OpenTurn.in(folder)) {
            JsonObject status = TurnRun.of(open, sink -> {
                TurnRun.say(sink, said);
                return new ChatEnd.Done();
            });
            assertEnded(status, "failed", "upstream_error");
            assertEquals("no", status.getJsonObject("error").getString("message"));
            assertEquals(
                    said.substring(0, 64 * 1024),
                    status.getJsonObject("response").getString("body"));
        }
    }

    @ParameterizedTest
    @CsvSource({"true, ''", "false, sk-of-the-caller-01"})
    void what_an_upstream_refuses_a_call_with_is_kept_without_the_key_also_where_it_breaks_off(
            boolean whole, String part) throws Exception {
        String said = "{\"error\":{\"message\":\"no access for " + TurnRun.KEY + (whole ? "\"}}" : " and " + part);
        try (OpenTurn open = OpenTurn.in(folder)) {
            JsonObject status = TurnRun.of(open, sink -> new ChatEnd.Rejected(401, said.getBytes(UTF_8), whole));
            assertEnded(status, "failed", "upstream_error");
            assertEquals(401, status.getJsonObject("error").getInt("upstream_status"));
            String text = status + Files.readString(open.files().events());
            assertTrue(text.contains("no access for ***"), text);
            assertFalse(text.contains("sk-of"), text);
        }
    }

    @Test
    void words_in_place_of_an_answer_stand_in_the_message_without_the_key_also_where_they_break_off() throws Exception {
        String said = "no access for " + TurnRun.KEY + " or sk-of-the-caller-01";
        try (OpenTurn open = OpenTurn.in(folder)) {
            JsonObject status = TurnRun.of(open, sink -> new ChatEnd.Invalid("No stream.", said.getBytes(UTF_8)));
            assertEnded(status, "failed", "upstream_invalid");
            String message = status.getJsonObject("error").getString("message");
            assertEquals("No stream. It begins: no access for *** or ***", message);
            assertFalse(Files.readString(open.files().events()).contains("sk-of"));
        }
    }

    @Test
    void words_in_place_of_an_event_stand_in_the_message_without_the_key() throws Exception {
        try (OpenTurn open = OpenTurn.in(folder)) {
            JsonObject status = TurnRun.of(open, sink -> {
                TurnRun.say(sink, TOKEN);
                TurnRun.say(sink, "worker died for " + TurnRun.KEY);
                return new ChatEnd.Done();
            });
            assertEnded(status, "failed", "upstream_invalid");
            String message = status.getJsonObject("error").getString("message");
            assertTrue(message.endsWith(". It begins: worker died for ***"), message);
        }
    }

    /** Some upstreams refuse with 200 and words of their own. */
    @ParameterizedTest
    @CsvSource({"10, true", "70000, false"})
    void json_that_is_no_answer_is_kept_without_the_key_unless_it_is_long(int length, boolean kept) throws Exception {
        String said = "{\"detail\":\"" + TurnRun.KEY + "x".repeat(length) + "\"}";
        try (OpenTurn open = OpenTurn.in(folder)) {
            JsonObject status = TurnRun.of(open, sink -> new ChatEnd.Whole(said.getBytes(UTF_8)));
            assertEnded(status, "failed", "upstream_invalid");
            String body = String.valueOf(status.getJsonObject("response").get("body"));
            assertEquals(kept ? "{\"detail\":\"***" + "x".repeat(length) + "\"}" : "null", body);
        }
    }

    @Test
    void a_turn_that_was_stopped_before_it_began_calls_nobody_and_is_stopped() throws Exception {
        try (OpenTurn open = OpenTurn.in(folder)) {
            assertTrue(open.turn().end(Ending.STOP));
            JsonObject status = TurnRun.of(open, sink -> {
                throw new AssertionError("called");
            });
            assertEnded(status, "cancelled", "");
        }
    }

    /** Another server made it, and said that the turn stops, while this process stood still. */
    @ParameterizedTest
    @CsvSource({
        "UPSTREAM, true, cancelled, ''",
        "UPSTREAM, false, cancelled, ''",
        "TIMEOUT, false, cancelled, ''",
        "SHUTDOWN, true, cancelled, ''",
        "STORAGE, true, failed, storage_error",
    })
    void a_stop_file_that_was_there_before_the_call_ended_stops_the_turn_though_nobody_had_looked(
            Ending ending, boolean whole, String state, String code) throws Exception {
        try (OpenTurn open = OpenTurn.in(folder)) {
            JsonObject status = TurnRun.of(open, sink -> {
                answer(sink, whole);
                Files.createFile(open.files().stop());
                assertTrue(ending == Ending.UPSTREAM || open.turn().end(ending));
                assertEquals(ending != Ending.UPSTREAM, Thread.interrupted());
                return whole ? new ChatEnd.Done() : new ChatEnd.Truncated("lost");
            });
            assertEnded(status, state, code);
        }
    }

    @Test
    void what_the_upstream_refuses_counts_for_more_than_a_stop_file() throws Exception {
        try (OpenTurn open = OpenTurn.in(folder)) {
            Files.createFile(open.files().stop());
            JsonObject status = TurnRun.of(open, sink -> new ChatEnd.Rejected(401, "{}".getBytes(UTF_8), true));
            assertEnded(status, "failed", "upstream_error");
        }
    }

    /** A token, and where it is {@code whole} the end as well. */
    private static void answer(ChatSink sink, boolean whole) throws IOException {
        TurnRun.say(sink, TOKEN);
        if (whole) {
            TurnRun.say(sink, FINISH);
        }
    }

    private static void assertEnded(JsonObject status, String state, String code) {
        assertEquals(state, status.getString("state"), status::toString);
        assertEquals(
                code,
                status.containsKey("error") ? status.getJsonObject("error").getString("code") : "");
    }
}
