package offload.upstream.openai;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import offload.testing.RecordedRequest;
import offload.testing.RefusingPort;
import offload.testing.Script;
import offload.testing.ScriptedUpstream;
import offload.turn.UpstreamKey;
import offload.upstream.ChatCall;
import offload.upstream.ChatEnd;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes out to the upstream. */
class RequestTest {
    private ScriptedUpstream upstream;
    private Caller caller;

    @BeforeEach
    void start() throws Exception {
        upstream = ScriptedUpstream.start().always(Script.events("{}"));
        caller = new Caller();
    }

    @AfterEach
    void stop() {
        caller.close();
        upstream.close();
    }

    @Test
    void the_request_is_exactly_this() throws Exception {
        Map<String, String> more = new LinkedHashMap<>();
        more.put("OpenAI-Organization", "org-1");
        more.put("OpenAI-Project", "p");
        caller.run(Caller.call(upstream.base(), more), new RecordingSink());
        RecordedRequest request = upstream.request(0);
        assertEquals("""
                POST /v1/chat/completions HTTP/1.1\r
                Host: 127.0.0.1:%d\r
                User-Agent: Offload/dev\r
                Accept: text/event-stream, application/json;q=0.9\r
                Accept-Encoding: identity\r
                Content-Type: application/json\r
                Content-Length: 15\r
                Connection: close\r
                OpenAI-Organization: org-1\r
                OpenAI-Project: p\r
                Authorization: Bearer sk-test\r
                \r
                """.formatted(upstream.port()), new String(request.head().bytes(), StandardCharsets.ISO_8859_1));
        assertEquals("{\"messages\":[]}", request.text());
    }

    @Test
    void a_field_that_the_operator_sets_is_sent_once() throws Exception {
        caller.run(Caller.call(upstream.base(), Map.of("user-agent", "mine/1", "Accept", "*/*")), new RecordingSink());
        String head = new String(upstream.request(0).head().bytes(), StandardCharsets.ISO_8859_1);
        assertEquals(1, head.split("(?i)\r\nuser-agent:", -1).length - 1, head);
        assertEquals(1, head.split("(?i)\r\naccept:", -1).length - 1, head);
        assertEquals("mine/1", upstream.request(0).header("User-Agent"));
    }

    @Test
    void a_streamed_call_accepts_events_best_and_the_json_of_a_refusal() throws Exception {
        caller.run(Caller.call(upstream.base(), true), new RecordingSink());
        assertEquals(
                "text/event-stream, application/json;q=0.9", upstream.request(0).header("Accept"));
    }

    @Test
    void an_unstreamed_call_accepts_json() throws Exception {
        caller.run(Caller.call(upstream.base(), false), new RecordingSink());
        assertEquals("application/json", upstream.request(0).header("Accept"));
    }

    @Test
    void without_a_key_no_authorization_is_sent() throws Exception {
        ChatCall call = new ChatCall(
                upstream.base(),
                UpstreamKey.none(),
                Map.of(),
                Caller.body(new byte[] {'{', '}'}),
                true,
                Duration.ofSeconds(20));
        caller.run(call, new RecordingSink());
        assertNull(upstream.request(0).header("Authorization"));
    }

    @Test
    void the_key_is_taken_and_its_bytes_are_overwritten() throws Exception {
        ChatCall call = Caller.call(upstream.base(), true);
        caller.run(call, new RecordingSink());
        assertEquals(0, call.key().take().length);
    }

    @Test
    void the_key_is_wiped_also_when_no_connection_is_made() throws Exception {
        try (RefusingPort port = RefusingPort.open()) {
            ChatCall call = Caller.call(URI.create("http://127.0.0.1:" + port.number() + "/v1"), true);
            assertInstanceOf(ChatEnd.Unreachable.class, caller.run(call, new RecordingSink()));
            assertEquals(0, call.key().take().length);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'',/chat/completions",
        "/,/chat/completions",
        "/v1,/v1/chat/completions",
        "/v1/,/v1/chat/completions",
        "/v1//,/v1/chat/completions",
        "/a%20b/%C3%A9,/a%20b/%C3%A9/chat/completions",
        "/openai/deployments/x?api-version=2024-10-21,/openai/deployments/x/chat/completions?api-version=2024-10-21",
        "/v1/?a=b%26c&d,/v1/chat/completions?a=b%26c&d",
        "/é,/%C3%A9/chat/completions",
    })
    void path_and_query_of_the_base_are_kept(String base, String target) throws Exception {
        caller.run(URI.create("http://127.0.0.1:" + upstream.port() + base), new RecordingSink());
        assertEquals(target, upstream.request(0).target());
    }

    @Test
    void user_info_of_the_base_is_not_sent() throws Exception {
        caller.run(URI.create("http://user:secret@127.0.0.1:" + upstream.port() + "/v1"), new RecordingSink());
        String head = new String(upstream.request(0).head().bytes(), StandardCharsets.ISO_8859_1);
        assertTrue(!head.contains("secret") && head.contains("Host: 127.0.0.1:"), head);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nX-Evil: 1", "a\nb", "a\rb", "a\0b", "\u20ac", "a\u007f"})
    void a_header_that_breaks_out_of_its_line_is_refused_before_anything_is_sent(String value) {
        for (Map<String, String> headers : java.util.List.of(Map.of("X-A", value), Map.of("X-" + value, "a"))) {
            ChatCall call = Caller.call(upstream.base(), headers);
            ExecutionException e = assertThrows(ExecutionException.class, () -> caller.run(call, new RecordingSink()));
            assertInstanceOf(IllegalArgumentException.class, e.getCause());
            assertEquals(0, call.key().take().length);
        }
        assertTrue(upstream.requests().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host",
                "content-length",
                "Transfer-Encoding",
                "AUTHORIZATION",
                "Connection",
                "Content-Type",
                "accept-encoding"
            })
    void headers_that_are_the_clients_own_are_refused(String name) {
        ChatCall call = Caller.call(upstream.base(), Map.of(name, "1"));
        assertThrows(ExecutionException.class, () -> caller.run(call, new RecordingSink()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sk\r\nX: 1", "sk 1", "sk\0", "sk\u00e9"})
    void a_key_that_breaks_out_of_its_line_is_refused_and_not_named(String key) {
        ChatCall call = new ChatCall(
                upstream.base(),
                new UpstreamKey(key),
                Map.of(),
                Caller.body(new byte[0]),
                true,
                Duration.ofSeconds(20));
        ExecutionException e = assertThrows(ExecutionException.class, () -> caller.run(call, new RecordingSink()));
        assertTrue(!e.toString().contains("sk"), e.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://h/v1",
                "/v1",
                "http:///v1",
                "http://h:0/",
                "http://h:99999/",
                "mailto:a@b",
                "http://h:x/",
                "http://h/#f",
                "a b"
            })
    void a_base_url_that_leads_nowhere_is_refused(String base) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> OpenAiUpstream.baseUrl(base));
        assertTrue(e.getMessage().contains("\"" + base + "\""), e.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "http://my_llm:8000/v1,my_llm:8000",
        "https://API.openai.com/v1,api.openai.com",
        "https://h:443/,h",
        "http://h:443/,h:443",
        "http://[::1]:80/,[::1]",
        "https://[::1]:8443,[::1]:8443",
    })
    void the_host_field_names_the_host_and_a_port_that_is_not_the_schemes(String base, String field) {
        assertEquals(field, Target.of(URI.create(base)).endpoint().hostField());
    }

    @Test
    void a_large_body_arrives_whole() throws Exception {
        byte[] body = new byte[5 << 20];
        Arrays.fill(body, (byte) 'x');
        ChatCall call = Caller.call(upstream.base(), body);
        assertEquals(new ChatEnd.Done(), caller.run(call, new RecordingSink()));
        assertArrayEquals(body, upstream.request(0).body());
    }

    @Test
    void an_answer_that_comes_before_the_whole_request_was_read_is_still_taken() throws Exception {
        upstream.then(c -> {
            c.answer("413 Content Too Large", "application/json", "{\"error\":{}}");
            c.socket().shutdownOutput();
            c.request();
        });
        ChatCall call = Caller.call(upstream.base(), new byte[1 << 20]);
        ChatEnd.Rejected end = assertInstanceOf(ChatEnd.Rejected.class, caller.run(call, new RecordingSink()));
        assertEquals(413, end.status());
    }
}
