package offload.upstream.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import offload.testing.Script;
import offload.upstream.ChatEnd;
import offload.upstream.ChatSink;
import offload.upstream.ResponseHead;
import org.junit.jupiter.api.Test;

/** What an upstream may send at most. */
class LimitsTest extends Answered {
    private static final int MIB = 1 << 20;

    private void assertTooLarge(ChatEnd end, String limit) {
        String message = assertInstanceOf(ChatEnd.Invalid.class, end).message();
        assertTrue(message.contains("too large") && message.contains(limit), message);
    }

    @Test
    void a_line_over_1_mib_is_invalid_and_what_came_before_is_given_and_flushed() throws Exception {
        upstream.then(Script.eventStream("data: 1\n\ndata: " + "x".repeat(MIB)));
        assertTooLarge(caller.run(upstream.base(), sink), "line of the event stream is longer than 1 MiB");
        assertEquals(List.of("1"), sink.events());
        assertEquals(List.of(1), sink.flushes());
    }

    @Test
    void an_event_over_4_mib_is_invalid() throws Exception {
        upstream.then(Script.eventStream(("data: " + "x".repeat(MIB - 10) + "\n").repeat(5) + "\n"));
        assertTooLarge(caller.run(upstream.base(), sink), "event of the stream is longer than 4 MiB");
    }

    @Test
    void an_event_of_almost_4_mib_is_given() throws Exception {
        upstream.then(Script.eventStream(("data: " + "x".repeat(MIB - 10) + "\n").repeat(4) + "\n"));
        assertEquals(new ChatEnd.Ended(), caller.run(upstream.base(), sink));
        assertEquals(4 * (MIB - 10) + 3, sink.events().getFirst().length());
    }

    @Test
    void a_turn_over_64_mib_is_invalid() throws Exception {
        upstream.then(c -> {
            c.request();
            c.eventStreamHead();
            byte[] events = ("data: " + "x".repeat(1000) + "\n\n").repeat(1040).getBytes(UTF_8);
            for (int sent = 0; sent <= 64 * MIB; sent += events.length) {
                c.send(events);
            }
            c.awaitClientClose();
        });
        long[] given = new long[1];
        ChatSink counting = new ChatSink() {
            @Override
            public void head(ResponseHead head) {}

            @Override
            public void event(String type, byte[] buffer, int offset, int length) {
                given[0]++;
            }

            @Override
            public void append() {}

            @Override
            public void publish() {}
        };
        assertTooLarge(caller.run(Caller.call(upstream.base(), true), counting), "64 MiB");
        assertEquals(64.0 * MIB / 1008, (double) given[0], 40);
    }

    /** A key may stand at the cut: of what breaks off, its beginning is hidden, too. */
    @Test
    void a_rejection_over_64_kib_is_cut_there_and_not_told_to_be_whole() throws Exception {
        upstream.then(Script.answer("400 Bad Request", "text/plain", "x".repeat(65 << 10)));
        ChatEnd.Rejected end = assertInstanceOf(ChatEnd.Rejected.class, caller.run(upstream.base(), sink));
        assertEquals(64 << 10, end.body().length);
        assertFalse(end.whole());
    }

    @Test
    void whole_json_of_more_values_than_there_is_memory_for_is_invalid() throws Exception {
        String body = "{\"choices\":[" + "{},".repeat(4_000_000) + "{}]}";
        upstream.then(Script.answer("200 OK", "application/json", body));
        assertTooLarge(caller.run(upstream.base(), sink), " values.");
    }

    @Test
    void whole_json_over_64_mib_is_invalid() throws Exception {
        upstream.then(c -> {
            c.request();
            c.head("200 OK", "Content-Type: application/json").send("{\"a\":\"");
            byte[] much = "x".repeat(MIB).getBytes(UTF_8);
            for (int sent = 0; sent <= 64; sent++) {
                c.send(much);
            }
        });
        assertTooLarge(caller.run(upstream.base(), sink), "64 MiB");
    }
}
