package offload.upstream.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import offload.testing.Script;
import offload.testing.Until;
import offload.upstream.ChatEnd;
import offload.upstream.ChatSink;
import offload.upstream.ResponseHead;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Heads and statuses, the end of a call, and what the sink has to say. */
class ResponseTest extends Answered {

    @Test
    void events_come_in_order_and_done_ends_the_call() throws Exception {
        upstream.then(Script.events("{\"a\":1}", "{\"b\":2}"));
        assertEquals(new ChatEnd.Done(), caller.run(upstream.base(), sink));
        assertEquals(List.of("{\"a\":1}", "{\"b\":2}"), sink.events());
        assertEquals(List.of("message", "message"), sink.types());
        assertEquals(200, sink.head().status());
        assertEquals("HTTP/1.1", sink.head().protocol());
    }

    @Test
    void nothing_after_done_is_read_and_the_connection_is_closed_at_once() throws Exception {
        upstream.then(c -> {
            c.request();
            c.chunkedEventStreamHead().chunk(EVENTS + "data: [DONE]\n\ndata: {\"late\":1}\n\n");
            c.awaitClientClose();
        });
        assertEquals(new ChatEnd.Done(), caller.run(upstream.base(), sink));
        assertEquals(2, sink.events().size());
        upstream.connection(0).awaitClientClose();
    }

    @Test
    void events_that_arrived_together_are_flushed_once_and_the_next_ones_by_themselves() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        upstream.then(c -> {
            c.request();
            c.chunkedEventStreamHead().chunk(EVENTS);
            c.await(gate);
            c.chunk("data: 3\n\n" + DONE).lastChunk();
        });
        Caller.Running running = caller.start(Caller.call(upstream.base(), true));
        Until.holds("the first flush", () -> running.sink().flushes().equals(List.of(2)));
        gate.countDown();
        assertEquals(new ChatEnd.Done(), running.await());
        assertEquals(List.of(2, 3), running.sink().flushes());
    }

    @Test
    void head_fields_are_in_lower_case_in_order_and_repeated_ones_joined() throws Exception {
        answered("HTTP/1.1 200 OK\r\nX-B: 1\r\nx-a : 2\r\nX-b:3\r\nX-Fold: a\r\n  b\r\nno colon\r\n: nameless\r\n"
                + "Content-Type: text/event-stream\r\n\r\n" + DONE);
        assertEquals(
                "{x-b=1, 3, x-a=2, x-fold=a b, content-type=text/event-stream}",
                sink.head().headers().toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200\r\n",
                "HTTP/1.1 200 \r\n",
                "HTTP/1.0 200 OK\r\n",
                "HTTP/1.1 200 OK\n",
                "\r\n\r\nHTTP/1.1 200 OK\r\n",
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n",
                "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 200 OK\r\n"
            })
    void status_lines_of_real_servers_are_understood_and_interim_answers_skipped(String start) throws Exception {
        assertEquals(new ChatEnd.Done(), answered(start + "Content-Type: text/event-stream\n\n" + EVENTS + DONE));
        assertEquals(200, sink.head().status());
        assertEquals(2, sink.events().size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH\r\n",
                "HTTP/2 200\r\n\r\n",
                "HTTP/1.1 OK\r\n\r\n",
                "HTTP/1.1 2000 OK\r\n\r\n",
                "HTTP/1.1 101 Switching\r\n\r\n",
                "HTTP/1.1 099 X\r\n\r\n"
            })
    void what_is_not_http_1_is_invalid(String start) throws Exception {
        assertInvalid(answered(start), "upstream");
    }

    @ParameterizedTest
    @ValueSource(strings = {"220 mail.example ESMTP\r\n", "\0\0\4\4\0\0\0\0\0", "\25\3\1\0\2\2\n", "HTTP/2"})
    void another_protocol_is_noticed_at_its_first_bytes(String greeting) throws Exception {
        upstream.then(c -> {
            c.request();
            c.send(greeting);
            c.awaitClientClose();
        });
        assertInvalid(caller.run(upstream.base(), sink), "HTTP/1.1");
    }

    @Test
    void a_head_over_64_kib_is_invalid() throws Exception {
        assertInvalid(answered("HTTP/1.1 200 OK\r\nX: " + "x".repeat(66_000)), "64 KiB");
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 301, 304, 307, 400, 401, 404, 429, 500, 503, 599})
    void any_other_status_is_rejected_and_no_redirect_followed(int status) throws Exception {
        String body = status == 304 ? "" : "{\"error\":{\"message\":\"no\"}}";
        ChatEnd end = answered("HTTP/1.1 " + status + " X\r\nLocation: " + upstream.base()
                + "/other\r\nContent-Type: application/json\r\n" + "Content-Length: " + body.length() + "\r\n\r\n"
                + body);
        ChatEnd.Rejected rejected = assertInstanceOf(ChatEnd.Rejected.class, end);
        assertEquals(status, rejected.status());
        assertEquals(body, new String(rejected.body(), UTF_8));
        assertEquals(status, sink.head().status());
        assertEquals(1, upstream.connections().size());
    }

    @Test
    void a_rejections_body_is_cut_at_64_kib_and_not_read_on() throws Exception {
        upstream.then(c -> {
            c.request();
            c.head("500 X", "Content-Type: text/html").send("x".repeat(70_000));
            c.awaitClientClose();
        });
        ChatEnd.Rejected end = assertInstanceOf(ChatEnd.Rejected.class, caller.run(upstream.base(), sink));
        assertEquals(65_536, end.body().length);
    }

    @Test
    void a_rejection_that_says_a_long_request_again_is_kept_whole() throws Exception {
        String body = "{\"detail\":[{\"input\":\"" + "x".repeat(50_000) + "\",\"msg\":\"Field required\"}]}";
        ChatEnd end = answered("HTTP/1.1 422 X\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
        ChatEnd.Rejected rejected = assertInstanceOf(ChatEnd.Rejected.class, end);
        assertEquals(body, new String(rejected.body(), UTF_8));
        assertTrue(rejected.whole());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data: {\"error\":1}\n\ndata: [DONE]\n\n",
                "event: error\r\ndata: {\"error\":1}",
                "error: {\"error\":1}\n",
                ": sorry\n\ndata:\n\ndata: {\"error\":\ndata:1}\n\n"
            })
    void of_a_rejection_that_is_an_event_its_data_is_kept(String events) throws Exception {
        for (String type : List.of("text/event-stream", "text/plain")) {
            assertEquals("{\"error\":1}", rejected(type, events).replace(" ", ""));
        }
    }

    @Test
    void a_rejection_in_words_is_kept_as_it_is_unless_it_is_declared_to_be_events() throws Exception {
        assertEquals("error: no\nx", rejected("text/plain", "error: no\nx"));
        assertEquals("no", rejected("text/event-stream", "error: no\nx"));
        assertEquals("id: 5", rejected("text/event-stream", "id: 5"));
    }

    private String rejected(String type, String body) throws Exception {
        upstream.then(Script.answer("429 X", type, body));
        ChatEnd end = caller.run(upstream.base(), new RecordingSink());
        return new String(assertInstanceOf(ChatEnd.Rejected.class, end).body(), UTF_8);
    }

    @Test
    void a_rejection_keeps_what_came_where_its_body_breaks_off() throws Exception {
        ChatEnd end = answered("HTTP/1.1 429 X\r\nContent-Length: 50\r\n\r\nslow");
        assertEquals(
                "slow", new String(assertInstanceOf(ChatEnd.Rejected.class, end).body(), UTF_8));
        end = new Caller()
                .run(
                        upstream.then(Script.answer("502 X\r\nContent-Encoding: br", "text/html", "x"))
                                .base(),
                        new RecordingSink());
        assertEquals(502, assertInstanceOf(ChatEnd.Rejected.class, end).status());
    }

    @Test
    void what_the_sink_throws_goes_through_and_closes_the_connection() throws Exception {
        upstream.then(c -> {
            c.request();
            c.eventStreamHead().send(EVENTS);
            c.awaitClientClose();
        });
        IOException full = new IOException("disk full");
        ExecutionException e = assertThrows(
                ExecutionException.class,
                () -> caller.run(Caller.call(upstream.base(), true), new ChatSink() {
                    @Override
                    public void head(ResponseHead head) {}

                    @Override
                    public void event(String type, byte[] buffer, int offset, int length) throws IOException {
                        throw full;
                    }

                    @Override
                    public void append() {
                        throw new IllegalStateException("a flush after a failure");
                    }

                    @Override
                    public void publish() {}
                }));
        assertEquals(full, e.getCause());
        upstream.connection(0).awaitClientClose();
    }
}
