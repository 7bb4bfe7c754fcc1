package offload.engine.execution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import offload.files.SyncPolicy;
import offload.json.Json;
import offload.status.StatusText;
import offload.testing.Until;
import offload.turn.UpstreamKey;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningTurnTest {
    @TempDir
    Path folder;

    /** Who took the turn from the table just before it left asks for its status just after. */
    @Test
    void a_turn_in_memory_never_says_that_it_is_final_because_only_its_file_is() throws Exception {
        try (OpenTurn open = OpenTurn.in(folder)) {
            RunningTurn turn = open.turn();
            turn.streaming();
            turn.finish();
            assertTrue(turn.awaitFinal(0));
            assertFalse(StatusText.isFinal(turn.status().bytes()));
        }
    }

    /** As for a moment with each turn, and for as long as the device takes where each event is forced to it. */
    @Test
    void a_status_that_has_something_of_the_answer_does_not_say_that_nothing_came() throws Exception {
        try (OpenTurn open = OpenTurn.in(folder)) {
            RunningTurn turn = open.turn();
            TurnSink sink = sink(open);
            assertEquals("waiting", Json.object(turn.status().bytes()).getString("status"));
            byte[] token = "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"x\"}}]}".getBytes(UTF_8);
            sink.event("message", token, 0, token.length);
            assertEquals(0, turn.log().published());
            JsonObject status = Json.object(turn.status().bytes());
            assertEquals("streaming", status.getString("status"));
            assertEquals("in_progress", status.getString("state"));
        }
    }

    /** Else a client that goes on at that offset misses a token, or has one twice. */
    @Test
    void the_offset_in_a_status_is_where_in_the_log_the_answer_ends_that_it_has() throws Exception {
        try (OpenTurn open = OpenTurn.in(folder)) {
            RunningTurn turn = open.turn();
            TurnSink sink = sink(open);
            FutureTask<@Nullable Void> writing = new FutureTask<>(() -> write(sink));
            Thread.ofPlatform().start(writing);
            Until.holds("it has begun", () -> turn.log().published() > 0);
            while (!writing.isDone()) {
                assertFits(Json.object(turn.status().bytes()), open.files().events());
            }
            writing.get();
        }
    }

    @Test
    void what_ended_a_call_first_is_how_it_ended() throws Exception {
        try (OpenTurn open = OpenTurn.in(folder)) {
            RunningTurn turn = open.turn();
            assertTrue(turn.enterUpstream());
            assertFalse(turn.isEnding());
            assertTrue(turn.end(Ending.STOP));
            assertFalse(turn.end(Ending.TIMEOUT));
            assertTrue(turn.isEnding());
            assertEquals(Ending.STOP, turn.leaveUpstream());
        }
    }

    @Test
    void nothing_ends_a_call_that_is_over() throws Exception {
        try (OpenTurn open = OpenTurn.in(folder)) {
            RunningTurn turn = open.turn();
            assertTrue(turn.enterUpstream());
            assertEquals(Ending.UPSTREAM, turn.leaveUpstream());
            assertTrue(turn.isEnding());
            assertFalse(turn.end(Ending.STOP));
            assertFalse(Thread.interrupted());
        }
    }

    /** Else the first of them closes the log, and the turn is left to recovery. */
    @Test
    void the_interrupt_that_ends_a_call_does_not_hit_the_last_writes() throws Exception {
        try (OpenTurn open = OpenTurn.in(folder)) {
            RunningTurn turn = open.turn();
            assertTrue(turn.enterUpstream());
            assertTrue(turn.end(Ending.STOP));
            assertTrue(Thread.currentThread().isInterrupted());
            turn.leaveUpstream();
            assertFalse(Thread.interrupted());
        }
    }

    @Test
    void a_turn_that_was_ended_before_it_began_calls_nobody() throws Exception {
        try (OpenTurn open = OpenTurn.in(folder)) {
            assertTrue(open.turn().end(Ending.STOP));
            assertFalse(open.turn().enterUpstream());
        }
    }

    private static @Nullable Void write(TurnSink sink) throws IOException {
        byte[] token = "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"x\"}}]}".getBytes(UTF_8);
        for (int i = 0; i < 10_000; i++) {
            sink.event("message", token, 0, token.length);
            sink.flush();
            LockSupport.parkNanos(50_000);
        }
        return null;
    }

    private static void assertFits(JsonObject status, Path log) throws Exception {
        int offset = status.getJsonObject("events").getInt("offset");
        Until.holds("what the answer has is in the log", () -> Files.size(log) >= offset);
        String records = Files.readString(log, UTF_8).substring(0, offset);
        JsonObject choice = status.getJsonObject("response")
                .getJsonObject("body")
                .getJsonArray("choices")
                .getJsonObject(0);
        assertEquals(
                records.split("\n\n").length,
                choice.getJsonObject("message").getString("content").length());
    }

    private static TurnSink sink(OpenTurn open) {
        RunningTurns turns = open.turns();
        LogAppender appender =
                new LogAppender(open.node(), SyncPolicy.NEVER, turns.space(), turns.numbers(), turns.answers());
        return new TurnSink(open.turn(), appender, UpstreamKey.none(), false);
    }
}
