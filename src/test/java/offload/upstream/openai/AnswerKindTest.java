package offload.upstream.openai;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import offload.testing.Script;
import offload.upstream.ChatEnd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the body of an answer is, whatever its type says. */
class AnswerKindTest extends Answered {

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
    @ValueSource(
            strings = {
                "text/event-stream",
                "Text/Event-Stream;charset=utf-8",
                "text/event-stream ; x=\"y\"",
                "TEXT/EVENT-STREAM"
            })
    void an_event_stream_is_known_by_its_type_in_any_case_and_with_any_parameters(String type) throws Exception {
        assertEquals(new ChatEnd.Done(), bodied("Content-Type: " + type, "\n: x\nid: 1\n\n" + EVENTS + DONE));
        assertEquals(2, sink.events().size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Content-Type: text/plain", "X-Other: 1", "Content-Type: application/json", "Content-Type:"})
    void an_event_stream_is_known_by_its_first_bytes_where_the_type_is_wrong_or_missing(String type) throws Exception {
        for (String first :
                List.of("", ": hi\n", "event: message\n", "\r\n\n", "id: 1\n", "retry:1\n", "\u00ef\u00bb\u00bf")) {
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
    @ValueSource(
            strings = {
                "application/json",
                "application/problem+json; charset=utf-8",
                "text/plain",
                "text/event-stream",
                ""
            })
    void json_in_place_of_an_event_stream_is_given_whole(String type) throws Exception {
        ChatEnd end = bodied(
                "Content-Type: " + type,
                " \n{\"object\": \"chat.completion\"}\n".substring(type.startsWith("text/e") ? 2 : 0));
        assertEquals(
                "{\"object\": \"chat.completion\"}",
                new String(assertInstanceOf(ChatEnd.Whole.class, end).json(), UTF_8).strip());
        assertEquals(List.of(), sink.events());
    }

    @Test
    void an_event_stream_in_place_of_json_is_decoded() throws Exception {
        upstream.then(Script.events("{\"a\":1}"));
        assertEquals(new ChatEnd.Done(), caller.run(Caller.call(upstream.base(), false), sink));
        assertEquals(List.of("{\"a\":1}"), sink.events());
    }

    @Test
    void a_byte_order_mark_is_no_part_of_json() throws Exception {
        upstream.then(Script.answer("200 OK", "application/json", "\ufeff{\"a\":1}"));
        ChatEnd.Whole end = assertInstanceOf(ChatEnd.Whole.class, caller.run(upstream.base(), sink));
        assertEquals("{\"a\":1}", new String(end.json(), UTF_8));
        upstream.then(Script.answer("400 Bad Request", "application/json", "\ufeff{\"error\":1}"));
        ChatEnd.Rejected rejected =
                assertInstanceOf(ChatEnd.Rejected.class, caller.run(upstream.base(), new RecordingSink()));
        assertEquals("{\"error\":1}", new String(rejected.body(), UTF_8));
    }

    @Test
    void json_that_is_no_valid_utf8_is_repaired() throws Exception {
        ChatEnd.Whole end =
                assertInstanceOf(ChatEnd.Whole.class, bodied("Content-Type: application/json", "{\"a\":\"\u00ff\"}"));
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
        assertInvalid(
                bodied("Content-Type: " + type, "<!DOCTYPE html><html></html>"), "web page", "not an event stream");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello", "", "\n\n", "dat", "[1]"})
    void what_is_nothing_known_is_invalid(String body) throws Exception {
        assertInvalid(bodied("Content-Type: text/plain", body), "not an event stream");
    }

    /** Servers and proxies refuse with 200 and a line of text, too; "error" alone might have become the name of a field. */
    @ParameterizedTest
    @CsvSource({
        "text/plain, no such route, not JSON",
        "text/plain, error, not JSON",
        "application/json, model is loading, not good JSON",
        "application/json, error, not good JSON"
    })
    void the_words_that_came_in_place_of_an_answer_are_kept(String type, String words, String why) throws Exception {
        ChatEnd.Invalid end = assertInstanceOf(
                ChatEnd.Invalid.class, bodied("Content-Type: " + type, words + "\r\n" + "x".repeat(5_000)));
        assertTrue(end.message().contains(why), end.message());
        assertEquals(words + "\r\n" + "x".repeat(1024 - words.length() - 2), new String(end.said(), UTF_8));
    }

    @Test
    void a_body_that_is_a_word_only_is_not_told_as_empty() throws Exception {
        ChatEnd.Invalid end = assertInstanceOf(ChatEnd.Invalid.class, bodied("Content-Type: text/plain", "error"));
        assertEquals("The upstream's answer is not an event stream and not JSON.", end.message());
        assertEquals("error", new String(end.said(), UTF_8));
    }

    /** It is looked at again with each read: without an end to that, 64 MiB of them would keep the reader of all bodies. */
    @Test
    void a_body_of_nothing_but_line_feeds_is_not_waited_for_to_its_end() throws Exception {
        upstream.then(c -> {
            c.request();
            c.head("200 OK", "Content-Type: text/plain").send("\n".repeat(2_000));
            c.awaitClientClose();
        });
        assertInvalid(caller.run(upstream.base(), sink), "not an event stream");
    }

    /** Its turn is told that the answer was cut, not that it was none. */
    @Test
    void an_event_stream_without_an_event_is_one_that_ended() throws Exception {
        assertEquals(new ChatEnd.Ended(), bodied("Content-Type: text/event-stream", ""));
    }

    @Test
    void an_empty_2xx_is_invalid() throws Exception {
        upstream.then(c -> {
            c.request();
            c.send("HTTP/1.1 204 No Content\r\n\r\n".getBytes(ISO_8859_1));
            c.awaitClientClose();
        });
        assertInvalid(caller.run(upstream.base(), sink), "empty");
    }
}
