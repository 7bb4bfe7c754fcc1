package offload.engine.execution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import offload.eventlog.LogFollower;
import offload.files.FreeSpace;
import offload.files.SyncPolicy;
import offload.json.Json;
import offload.json.JsonMember;
import offload.turn.UpstreamKey;
import offload.upstream.ChatEnd;
import offload.upstream.ResponseHead;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TurnSinkTest {
    private static final byte[] TOKEN = "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"x\"}}]}".getBytes(UTF_8);

    private static final String USAGE = "{\"choices\":[],\"usage\":{\"total_tokens\":7}}";

    @TempDir
    Path folder;

    /** Else a reader has, after a crash or on a full device, what no file has, and no later reader ever gets. */
    @Test
    void what_readers_are_given_is_in_the_file_by_then_and_what_could_not_be_appended_is_given_to_nobody()
            throws Exception {
        try (OpenTurn open = OpenTurn.in(folder)) {
            RunningTurns turns = open.turns();
            FreeSpace space = new FreeSpace(open.data(), open.node(), 0);
            LogAppender appender =
                    new LogAppender(open.node(), SyncPolicy.NEVER, space, turns.numbers(), turns.answers());
            TurnSink sink = new TurnSink(open.turn(), appender, UpstreamKey.none(), false);
            Reader reader = new Reader(open.files().events());
            assertTrue(open.turn().log().follow(reader, 0));
            tell(sink);
            tell(sink);
            long whole = open.turn().log().position();
            assertEquals(whole, reader.position());
            space.struck();
            assertThrows(IOException.class, () -> tell(sink));
            assertEquals(whole, reader.position());
            assertEquals(whole, open.turn().log().published());
            assertEquals(whole, open.files().events().toFile().length());
        }
    }

    /** All that came is kept, the events also that came in one piece with the end. */
    @Test
    void what_came_last_is_in_the_log_and_a_usage_nobody_asked_for_is_not() throws Exception {
        try (OpenTurn open = OpenTurn.in(folder)) {
            JsonObject status = TurnRun.of(open, sink -> {
                TurnRun.say(sink, USAGE);
                sink.event("message", TOKEN, 0, TOKEN.length);
                return new ChatEnd.Done();
            });
            assertEquals(
                    7,
                    status.getJsonObject("response")
                            .getJsonObject("body")
                            .getJsonObject("usage")
                            .getInt("total_tokens"));
            String log = Files.readString(open.files().events());
            assertTrue(log.startsWith("data: " + new String(TOKEN, UTF_8) + "\n"), log);
        }
    }

    @Test
    void a_usage_that_the_caller_asked_for_is_an_event_and_nothing_else_without_choices_is() throws Exception {
        try (OpenTurn open = OpenTurn.in(folder)) {
            TurnRun.of(
                    open,
                    sink -> {
                        TurnRun.say(sink, "{\"choices\":[],\"prompt_filter_results\":[]}");
                        TurnRun.say(sink, USAGE);
                        return new ChatEnd.Done();
                    },
                    new JsonMember("stream_options", "{\"include_usage\":true}"));
            String log = Files.readString(open.files().events());
            assertTrue(log.startsWith("data: " + USAGE + "\n"), log);
        }
    }

    @Test
    void a_status_has_the_fields_of_the_answer_but_for_cookies_and_for_what_holds_the_key() throws Exception {
        try (OpenTurn open = OpenTurn.in(folder)) {
            JsonObject status = TurnRun.of(open, sink -> {
                sink.head(new ResponseHead(
                        200,
                        "HTTP/1.1",
                        Map.of("x-request-id", "r", "set-cookie", "a=b", "x-echo", "Bearer " + TurnRun.KEY)));
                return new ChatEnd.Done();
            });
            JsonObject response = status.getJsonObject("response");
            assertEquals(Json.object("{\"x-request-id\":\"r\"}".getBytes(UTF_8)), response.getJsonObject("headers"));
            assertTrue(status.getJsonObject("request").containsKey("first_byte_at"));
            assertTrue(status.getJsonObject("request").containsKey("finished_at"));
        }
    }

    private static void tell(TurnSink sink) throws IOException {
        sink.event("message", TOKEN, 0, TOKEN.length);
        sink.flush();
    }

    private static final class Reader implements LogFollower {
        private final Path log;
        private long position;

        Reader(Path log) {
            this.log = log;
        }

        @Override
        public long position() {
            return position;
        }

        @Override
        public boolean take(ByteBuffer chunk, int length, boolean last) {
            position += length;
            assertTrue(log.toFile().length() >= position, "given before it was in the file");
            return true;
        }

        @Override
        public void ended() {
            throw new AssertionError("let go");
        }
    }
}
