package offload.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import offload.testing.RawHttp;
import offload.testing.Script;
import offload.testing.ScriptedUpstream;
import offload.testing.SseRecorder;
import offload.testing.Until;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM lets running turns end, a second one does not. */
class ShutdownIT {
    @TempDir
    Path data;

    @Test
    void running_turns_go_on_while_new_ones_get_503_and_readers_get_the_end() throws Exception {
        CountDownLatch rest = new CountDownLatch(1);
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                Node node = Node.start(data, upstream.base(), Map.of("OFFLOAD_SHUTDOWN_GRACE", "60"))) {
            upstream.always(Script.eventsThenWait(rest, Talk.chunk(1, "").replace("null", "\"stop\"")));
            Turn turn = Turn.submit(node, data);
            try (SseRecorder reader = turn.read(node)) {
                reader.awaitEvents(1);
                node.signal("TERM");
                Until.holds("new ones get 503", () -> Turn.post(node).status() == 503);
                RawHttp.Response ready = RawHttp.exchange("GET", node.url("/health/ready"), null);
                assertEquals(503, ready.status());
                assertEquals("5", ready.header("Retry-After"));
                assertEquals("no-store", ready.header("Cache-Control"));
                assertFalse(reader.ended());
                rest.countDown();
                assertEquals("[DONE]", reader.awaitEnd().getLast().data());
            }
            assertEquals(0, node.awaitExit(), node.output());
            assertEquals("done", turn.status().getString("status"));
            turn.assertSound();
        }
    }

    @Test
    void who_waits_for_a_final_status_while_the_server_drains_is_answered_by_the_final_one() throws Exception {
        CountDownLatch rest = new CountDownLatch(1);
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                Node node = Node.start(data, upstream.base(), Map.of("OFFLOAD_SHUTDOWN_GRACE", "60"))) {
            upstream.always(Script.eventsThenWait(rest, Talk.chunk(1, "").replace("null", "\"stop\"")));
            Turn turn = Turn.submit(node, data);
            node.signal("TERM");
            Until.holds("it drains", () -> Turn.post(node).status() == 503);
            FutureTask<RawHttp.Response> asked =
                    new FutureTask<>(() -> RawHttp.exchange("GET", node.url(turn.path() + ".json?wait=60"), null));
            Thread.ofVirtual().start(asked);
            for (int i = 0; i < 20; i++) {
                assertEquals(503, Turn.post(node).status());
            }
            assertFalse(asked.isDone());
            rest.countDown();
            assertEquals("done", Turn.json(asked.get().text()).getString("status"));
            assertEquals(0, node.awaitExit(), node.output());
        }
    }

    @Test
    void after_the_grace_period_the_others_end_as_interrupted() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                Node node = Node.start(data, upstream.base(), Map.of("OFFLOAD_SHUTDOWN_GRACE", "200 ms"))) {
            upstream.always(Talk.words(20_000, 2_000));
            Turn turn = Turn.submit(node, data);
            try (SseRecorder reader = turn.read(node)) {
                reader.awaitEvents(3);
                node.signal("TERM");
                assertEquals("[DONE]", reader.awaitEnd().getLast().data());
            }
            assertEquals(0, node.awaitExit(), node.output());
            assertEquals("interrupted", turn.errorCode());
            turn.assertSound();
        }
    }

    @Test
    void an_answer_that_is_whole_when_the_grace_period_is_over_is_not_interrupted() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                Node node = Node.start(data, upstream.base(), Map.of("OFFLOAD_SHUTDOWN_GRACE", "200 ms"))) {
            upstream.always(Script.eventsThenWait(never, Talk.chunk(1, "").replace("null", "\"stop\"")));
            Turn turn = Turn.submit(node, data);
            Until.holds("the answer", () -> turn.log().contains("word 1"));
            node.signal("TERM");
            assertEquals(0, node.awaitExit(), node.output());
            assertEquals("completed", turn.status().getString("state"));
            turn.assertSound();
            never.countDown();
        }
    }

    @Test
    void a_second_signal_ends_at_once_and_the_next_start_does_the_rest() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                Node node = Node.start(data, upstream.base(), Map.of("OFFLOAD_SHUTDOWN_GRACE", "60"))) {
            upstream.always(Talk.words(20_000, 2_000));
            Turn turn = Turn.submit(node, data);
            Until.holds("events", () -> turn.log().contains("word 3"));
            node.signal("TERM");
            Until.holds("it drains", () -> Turn.post(node).status() == 503);
            node.signal("TERM");
            assertEquals(143, node.awaitExit(), node.output());
            try (Node next = Node.start(data, upstream.base(), Map.of())) {
                Until.holds("the next start finishes the turn", turn::isFinal);
                assertEquals("interrupted", turn.errorCode());
                turn.assertSound();
            }
        }
    }
}
