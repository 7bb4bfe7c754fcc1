package offload.upstream.openai;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import offload.testing.ScriptedUpstream;
import offload.upstream.ChatEnd;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A client and an upstream, which answers as the test says. */
abstract class Answered {
    static final String EVENTS = "data: {\"a\":1}\n\ndata: {\"b\":2}\n\n";
    static final String DONE = "data: [DONE]\n\n";

    ScriptedUpstream upstream;
    Caller caller;
    final RecordingSink sink = new RecordingSink();

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
    ChatEnd answered(String bytes) throws Exception {
        upstream.then(c -> {
            c.request();
            c.send(bytes.getBytes(ISO_8859_1));
        });
        return caller.run(upstream.base(), sink);
    }

    ChatEnd bodied(String contentType, String body) throws Exception {
        return answered("HTTP/1.1 200 OK\r\n" + contentType + "\r\n\r\n" + body);
    }

    static void assertInvalid(ChatEnd end, String... words) {
        String message = assertInstanceOf(ChatEnd.Invalid.class, end).message();
        for (String word : words) {
            assertTrue(message.contains(word), message);
        }
    }
}
