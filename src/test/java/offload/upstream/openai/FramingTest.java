package offload.upstream.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import offload.testing.Until;
import offload.upstream.ChatEnd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a body ends, and where it breaks off. */
class FramingTest extends Answered {

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
        assertEquals(
                new ChatEnd.Ended(),
                answered(
                        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: Chunked\r\n\r\n"
                                + "0009;a=b;c=\"d\"\r\ndata: 1\n\n\r\n9 ;x\r\ndata: 2\n\n\r\nA\n\ndata: 3\n\n\n00\r\nX-T: 1\r\n\r\n"));
        assertEquals(List.of("1", "2", "3"), sink.events());
    }

    @ParameterizedTest
    @ValueSource(strings = {"x\r\n", "\r\n", "-5\r\n", "FFFFFFFFFFFFFFFFF\r\n", "0x5\r\n"})
    void chunks_that_are_none_are_invalid(String chunks) throws Exception {
        assertInvalid(
                answered("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + chunks),
                "chunked");
    }

    /** The first as h2o ends a body whose server it has lost. */
    @ParameterizedTest
    @ValueSource(strings = {"\r\n\r\n1\r\n", "\r\nx\r\n", "X", "\r\r\n"})
    void a_chunk_that_breaks_after_others_is_where_the_answer_breaks_off(String broken) throws Exception {
        ChatEnd end =
                answered("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + "9\r\ndata: 1\n\n" + broken);
        String message = assertInstanceOf(ChatEnd.Truncated.class, end).message();
        assertTrue(message.contains("chunked"), message);
        assertEquals(List.of("1"), sink.events());
        assertEquals(List.of(1), sink.flushes());
    }

    @Test
    void a_rejection_whose_chunks_break_is_one_all_the_same() throws Exception {
        ChatEnd end = answered("HTTP/1.1 503 X\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbusy\r\n\r\n1\r\n");
        ChatEnd.Rejected rejected = assertInstanceOf(ChatEnd.Rejected.class, end);
        assertEquals(503, rejected.status());
        assertEquals("busy", new String(rejected.body(), StandardCharsets.US_ASCII));
        assertFalse(rejected.whole());
    }

    @Test
    void an_endless_chunk_extension_is_invalid() throws Exception {
        assertInvalid(
                answered("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;" + "x".repeat(5000)), "chunked");
    }

    @ParameterizedTest
    @CsvSource({
        "'5, 5',true",
        "5,true",
        "'5, 6',false",
        "-1,false",
        "+5,false",
        "abc,false",
        "99999999999999999999,false",
        "',',false"
    })
    void content_length_is_one_number(String field, boolean good) throws Exception {
        ChatEnd end = answered(
                "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: " + field + "\r\n\r\n: hi\n");
        assertEquals(good ? ChatEnd.Ended.class : ChatEnd.Invalid.class, end.getClass());
    }

    @Test
    void the_end_of_an_unframed_body_is_its_end() throws Exception {
        assertEquals(new ChatEnd.Ended(), bodied("Content-Type: text/event-stream", EVENTS + "data: unfinished"));
        assertEquals(2, sink.events().size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Transfer-Encoding: chunked\r\n\r\n5\r\ndata:",
                "Transfer-Encoding: chunked\r\n\r\n9\r\ndata: 1\n\n\r\n",
                "Content-Length: 100\r\n\r\ndata: 1\n\n",
                "Content-Length: 3\r\n\r\n"
            })
    void a_framed_body_that_ends_early_is_truncated(String rest) throws Exception {
        assertInstanceOf(
                ChatEnd.Truncated.class, answered("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n" + rest));
    }

    /** It may be sent again; an answer that is none may not. */
    @Test
    void a_body_that_ends_before_it_tells_what_it_is_is_truncated() throws Exception {
        assertInstanceOf(ChatEnd.Truncated.class, answered("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nda"));
    }

    @Test
    void json_that_ends_early_is_truncated() throws Exception {
        assertInstanceOf(ChatEnd.Truncated.class, answered("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"a\":1}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\nContent-Type: te"})
    void a_connection_that_closes_before_the_answer_is_truncated(String bytes) throws Exception {
        String message =
                assertInstanceOf(ChatEnd.Truncated.class, answered(bytes)).message();
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
}
