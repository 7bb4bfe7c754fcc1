package offload.upstream.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import offload.upstream.ChatEnd;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON that stands in an event stream as it is, in no event. */
class BareErrorTest extends Answered {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":{\"message\":\"no\"}}",
                "{\"error\":{\"message\":\"no\"}}\n\n",
                "{\n  \"error\": {\n    \"message\": \"no\"\n  }\n}\n\ndata: [DONE]\n\n"
            })
    void an_error_in_mid_stream_that_is_no_event_is_told_as_one(String said) throws Exception {
        upstream.then(c -> {
            c.request();
            c.chunkedEventStreamHead().chunk(EVENTS + said).lastChunk();
        });
        caller.run(upstream.base(), sink);
        assertEquals(List.of("message", "message", "error"), sink.types());
        assertEquals("{\"error\":{\"message\":\"no\"}}", sink.events().getLast().replace(" ", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"error\":null}", "{\"usage\":{\"error\":1}}", "{\"error\":1", "{\"error\":1}}", "{}"})
    void other_words_that_are_no_event_are_left_out(String said) throws Exception {
        upstream.then(c -> {
            c.request();
            c.chunkedEventStreamHead().chunk(EVENTS + said + "\n\n" + DONE).lastChunk();
        });
        assertEquals(new ChatEnd.Done(), caller.run(upstream.base(), sink));
        assertEquals(List.of("message", "message"), sink.types());
    }
}
