package offload.upstream.openai;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
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
import offload.testing.ScriptedUpstream;
import offload.testing.Until;
import offload.upstream.ChatEnd;
import offload.upstream.ChatSink;
import offload.upstream.ResponseHead;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the upstream's bytes become head, events and end. */
class ResponseTest {
    private static final String EVENTS = "data: {\"a\":1}\n\ndata: {\"b\":2}\n\n";
    private static final String DONE = "data: [DONE]\n\n";

    private ScriptedUpstream upstream;
    private Caller caller;
    private final RecordingSink sink = new RecordingSink();

    @BeforeEach
    void start() throws Exception {
        upstream = ScriptedUpstream.start();
        caller = new Caller();
    }

    @AfterEach
    void stop() {
        caller.close();
        upstream.close();
    }

    /** The end of a call that is answered by exactly these bytes and the end of the connection. */
    private ChatEnd answered(String bytes) throws Exception {
        upstream.then(c -> {
            c.request();
            c.send(bytes.getBytes(ISO_8859_1));
        });
        return caller.run(upstream.base(), sink);
    }

    private ChatEnd bodied(String contentType, String body) throws Exception {
        return answered("HTTP/1.1 200 OK\r\n" + contentType + "\r\n\r\n" + body);
    }

    private void assertInvalid(ChatEnd end, String... words) {
        String message = assertInstanceOf(ChatEnd.Invalid.class, end).message();
        for (String word : words) {
            assertTrue(message.contains(word), message);
        }
    }

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
    void comments_cause_no_flush_and_blank_data_no_event() throws Exception {
        assertEquals(new ChatEnd.Ended(), bodied("Content-Type: text/event-stream", ": hb\n\ndata:\n\ndata:  \n\n"));
        assertEquals(List.of(), sink.events());
        assertEquals(List.of(), sink.flushes());
    }

    @Test
    void event_types_are_told() throws Exception {
        bodied("Content-Type: text/event-stream", "event: error\ndata: {}\n\ndata: {}\n\n");
        assertEquals(List.of("error", "message"), sink.types());
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/event-stream", "Text/Event-Stream;charset=utf-8", "text/event-stream ; x=\"y\"", "TEXT/EVENT-STREAM"})
    void an_event_stream_is_known_by_its_type_in_any_case_and_with_any_parameters(String type) throws Exception {
        assertEquals(new ChatEnd.Done(), bodied("Content-Type: " + type, "\n: x\nid: 1\n\n" + EVENTS + DONE));
        assertEquals(2, sink.events().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Type: text/plain", "X-Other: 1", "Content-Type: application/json", "Content-Type:"})
    void an_event_stream_is_known_by_its_first_bytes_where_the_type_is_wrong_or_missing(String type) throws Exception {
        for (String first : List.of("", ": hi\n", "event: message\n", "\r\n\n", "id: 1\n", "retry:1\n", "\u00ef\u00bb\u00bf")) {
            RecordingSink each = new RecordingSink();
            upstream.then(c -> {
                c.request();
                c.head("200 OK", type).sendInPieces((first + EVENTS + DONE).getBytes(ISO_8859_1), 1);
            });
            assertEquals(new ChatEnd.Done(), caller.run(upstream.base(), each), first);
            assertEquals(2, each.events().size(), first);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/problem+json; charset=utf-8", "text/plain", "text/event-stream", ""})
    void json_in_place_of_an_event_stream_is_given_whole(String type) throws Exception {
        ChatEnd end = bodied("Content-Type: " + type, " \n{\"object\": \"chat.completion\"}\n".substring(type.startsWith("text/e") ? 2 : 0));
        assertEquals("{\"object\": \"chat.completion\"}", new String(assertInstanceOf(ChatEnd.Whole.class, end).json(), UTF_8).strip());
        assertEquals(List.of(), sink.events());
    }

    @Test
    void an_event_stream_in_place_of_json_is_decoded() throws Exception {
        upstream.then(Script.events("{\"a\":1}"));
        assertEquals(new ChatEnd.Done(), caller.run(Caller.call(upstream.base(), false), sink));
        assertEquals(List.of("{\"a\":1}"), sink.events());
    }

    @Test
    void json_that_is_no_valid_utf8_is_repaired() throws Exception {
        ChatEnd.Whole end = assertInstanceOf(ChatEnd.Whole.class, bodied("Content-Type: application/json", "{\"a\":\"\u00ff\"}"));
        assertEquals("{\"a\":\"\ufffd\"}", new String(end.json(), UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":", "{\"a\":1} x", "{a:1}", "{}{}"})
    void bad_json_is_invalid(String body) throws Exception {
        assertInvalid(bodied("Content-Type: application/json", body), "not an event stream", "JSON");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "text/event-stream", "application/json"})
    void a_web_page_is_invalid(String type) throws Exception {
        assertInvalid(bodied("Content-Type: " + type, "<!DOCTYPE html><html></html>"), "web page", "not an event stream");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello", "", "\n\n", "dat", "[1]"})
    void what_is_nothing_known_is_invalid(String body) throws Exception {
        assertInvalid(bodied("Content-Type: text/plain", body), "not an event stream");
    }

    @Test
    void head_fields_are_in_lower_case_in_order_and_repeated_ones_joined() throws Exception {
        answered("HTTP/1.1 200 OK\r\nX-B: 1\r\nx-a : 2\r\nX-b:3\r\nX-Fold: a\r\n  b\r\nno colon\r\n: nameless\r\n"
                + "Content-Type: text/event-stream\r\n\r\n" + DONE);
        assertEquals("{x-b=1, 3, x-a=2, x-fold=a b, content-type=text/event-stream}", sink.head().headers().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "HTTP/1.1 200\r\n", "HTTP/1.1 200 \r\n", "HTTP/1.0 200 OK\r\n", "HTTP/1.1 200 OK\n", "\r\n\r\nHTTP/1.1 200 OK\r\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n",
        "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 200 OK\r\n"
    })
    void status_lines_of_real_servers_are_understood_and_interim_answers_skipped(String start) throws Exception {
        assertEquals(new ChatEnd.Done(), answered(start + "Content-Type: text/event-stream\n\n" + EVENTS + DONE));
        assertEquals(200, sink.head().status());
        assertEquals(2, sink.events().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "SSH-2.0-OpenSSH\r\n", "HTTP/2 200\r\n\r\n", "HTTP/1.1 OK\r\n\r\n", "HTTP/1.1 2000 OK\r\n\r\n",
        "HTTP/1.1 101 Switching\r\n\r\n", "HTTP/1.1 099 X\r\n\r\n"
    })
    void what_is_not_http_1_is_invalid(String start) throws Exception {
        assertInvalid(answered(start), "upstream");
    }

    @Test
    void another_protocol_is_noticed_at_its_first_line() throws Exception {
        upstream.then(c -> {
            c.request();
            c.send("220 mail.example ESMTP\r\n");
            c.awaitClientClose();
        });
        assertInvalid(caller.run(upstream.base(), sink), "HTTP/1.1");
    }

    @Test
    void a_head_over_64_kib_is_invalid() throws Exception {
        assertInvalid(answered("HTTP/1.1 200 OK\r\nX: " + "x".repeat(66_000)), "64 KiB");
    }

    @Test
    void content_length_ends_the_body() throws Exception {
        upstream.then(c -> {
            c.request();
            c.head("200 OK", "Content-Type: text/event-stream", "Content-Length: " + EVENTS.length());
            c.send(EVENTS + "data: 3\n\n");
            c.awaitClientClose();
        });
        assertEquals(new ChatEnd.Ended(), caller.run(upstream.base(), sink));
        assertEquals(2, sink.events().size());
    }

    @Test
    void chunks_may_have_extensions_and_trailers() throws Exception {
        assertEquals(new ChatEnd.Ended(), answered("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: Chunked\r\n\r\n"
                + "0009;a=b;c=\"d\"\r\ndata: 1\n\n\r\n9 ;x\r\ndata: 2\n\n\r\nA\n\ndata: 3\n\n\n00\r\nX-T: 1\r\n\r\n"));
        assertEquals(List.of("1", "2", "3"), sink.events());
    }

    @ParameterizedTest
    @ValueSource(strings = {"x\r\n", "\r\n", "5\r\nabcdeX", "-5\r\n", "FFFFFFFFFFFFFFFFF\r\n", "0x5\r\n", "5\r\nabcde\r\r\n"})
    void broken_chunks_are_invalid(String chunks) throws Exception {
        assertInvalid(answered("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks), "chunked");
    }

    @Test
    void an_endless_chunk_extension_is_invalid() throws Exception {
        assertInvalid(answered("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;" + "x".repeat(5000)), "chunked");
    }

    @ParameterizedTest
    @CsvSource({"'5, 5',true", "5,true", "'5, 6',false", "-1,false", "+5,false", "abc,false", "99999999999999999999,false", "',',false"})
    void content_length_is_one_number(String field, boolean good) throws Exception {
        ChatEnd end = answered("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: " + field + "\r\n\r\n: hi\n");
        assertEquals(good ? ChatEnd.Ended.class : ChatEnd.Invalid.class, end.getClass());
    }

    @Test
    void the_end_of_an_unframed_body_is_its_end() throws Exception {
        assertEquals(new ChatEnd.Ended(), bodied("Content-Type: text/event-stream", EVENTS + "data: unfinished"));
        assertEquals(2, sink.events().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Transfer-Encoding: chunked\r\n\r\n5\r\ndata:", "Transfer-Encoding: chunked\r\n\r\n9\r\ndata: 1\n\n\r\n",
        "Content-Length: 100\r\n\r\ndata: 1\n\n", "Content-Length: 3\r\n\r\n"})
    void a_framed_body_that_ends_early_is_truncated(String rest) throws Exception {
        assertInstanceOf(ChatEnd.Truncated.class, answered("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n" + rest));
    }

    @Test
    void json_that_ends_early_is_truncated() throws Exception {
        assertInstanceOf(ChatEnd.Truncated.class, answered("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"a\":1}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\nContent-Type: te"})
    void a_connection_that_closes_before_the_answer_is_truncated(String bytes) throws Exception {
        String message = assertInstanceOf(ChatEnd.Truncated.class, answered(bytes)).message();
        assertTrue(message.contains("without an answer"), message);
        assertTrue(!sink.hasHead());
    }

    @Test
    void a_reset_in_mid_body_is_truncated_and_what_came_is_flushed() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        upstream.then(c -> {
            c.request();
            c.eventStreamHead().send(EVENTS);
            c.await(gate);
            c.reset();
        });
        Caller.Running running = caller.start(Caller.call(upstream.base(), true));
        Until.holds("events", () -> running.sink().events().size() == 2);
        gate.countDown();
        assertInstanceOf(ChatEnd.Truncated.class, running.await());
        assertEquals(List.of(2), running.sink().flushes());
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 301, 304, 307, 400, 401, 404, 429, 500, 503, 599})
    void any_other_status_is_rejected_and_no_redirect_followed(int status) throws Exception {
        String body = status == 304 ? "" : "{\"error\":{\"message\":\"no\"}}";
        ChatEnd end = answered("HTTP/1.1 " + status + " X\r\nLocation: " + upstream.base() + "/other\r\nContent-Type: application/json\r\n"
                + "Content-Length: " + body.length() + "\r\n\r\n" + body);
        ChatEnd.Rejected rejected = assertInstanceOf(ChatEnd.Rejected.class, end);
        assertEquals(status, rejected.status());
        assertEquals(body, new String(rejected.body(), UTF_8));
        assertEquals(status, sink.head().status());
        assertEquals(1, upstream.connections().size());
    }

    @Test
    void a_rejections_body_is_cut_at_8_kib_and_not_read_on() throws Exception {
        upstream.then(c -> {
            c.request();
            c.head("500 X", "Content-Type: text/html").send("x".repeat(9000));
            c.awaitClientClose();
        });
        ChatEnd.Rejected end = assertInstanceOf(ChatEnd.Rejected.class, caller.run(upstream.base(), sink));
        assertEquals(8192, end.body().length);
    }

    @Test
    void a_rejection_keeps_what_came_where_its_body_breaks_off() throws Exception {
        ChatEnd end = answered("HTTP/1.1 429 X\r\nContent-Length: 50\r\n\r\nslow");
        assertEquals("slow", new String(assertInstanceOf(ChatEnd.Rejected.class, end).body(), UTF_8));
        end = new Caller().run(upstream.then(Script.answer("502 X\r\nContent-Encoding: br", "text/html", "x")).base(), new RecordingSink());
        assertEquals(502, assertInstanceOf(ChatEnd.Rejected.class, end).status());
    }

    @Test
    void an_empty_2xx_is_invalid() throws Exception {
        assertInvalid(answered("HTTP/1.1 204 No Content\r\n\r\n"), "empty");
    }

    @Test
    void what_the_sink_throws_goes_through_and_closes_the_connection() throws Exception {
        upstream.then(c -> {
            c.request();
            c.eventStreamHead().send(EVENTS);
            c.awaitClientClose();
        });
        IOException full = new IOException("disk full");
        ExecutionException e = assertThrows(ExecutionException.class, () -> caller.run(Caller.call(upstream.base(), true), new ChatSink() {
            @Override
            public void head(ResponseHead head) {}

            @Override
            public void event(String type, byte[] buffer, int offset, int length) throws IOException {
                throw full;
            }

            @Override
            public void flush() {
                throw new IllegalStateException("a flush after a failure");
            }
        }));
        assertEquals(full, e.getCause());
        upstream.connection(0).awaitClientClose();
    }
}
