package offload.http.head;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import jakarta.json.JsonObject;
import offload.json.Json;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the web server refuses is answered in the words of this server, whatever it is. */
class RefusalsTest {
    @ParameterizedTest
    @CsvSource({
        "GET, 400, invalid_request, The request is not valid HTTP/1.1.",
        "GET, 404, not_found, There is nothing here: /openapi.json lists what there is.",
        "POST, 413, body_too_large, The body is too large.",
        "POST, 417, invalid_request, The request is not valid HTTP/1.1.",
        "GET, 500, internal_error, The server failed: its log says why.",
        "'', 500, invalid_request, The request is not valid HTTP/1.1.",
        "GET, 503, too_many_turns, The server is busy: try again in a moment.",
    })
    void each_status_has_its_code_and_says_what_to_do(String method, int status, String code, String message)
            throws Exception {
        ServerResponseHeaders headers = ServerResponseHeaders.create();
        headers.set(HeaderNames.RETRY_AFTER, "5");
        DirectHandler.TransportResponse answer = Refusals.handlers()
                .handler(DirectHandler.EventType.OTHER)
                .handle(request(method), DirectHandler.EventType.OTHER, Status.create(status), headers, "secret");
        JsonObject error = Json.object(answer.entity().orElseThrow()).getJsonObject("error");
        assertEquals(code, error.getString("code"));
        assertEquals(message, error.getString("message"));
        assertEquals("5", answer.headers().get(HeaderNames.RETRY_AFTER).get());
        assertFalse(answer.keepAlive());
    }

    private static DirectHandler.TransportRequest request(String method) {
        return new DirectHandler.TransportRequest() {
            @Override
            public String protocolVersion() {
                return "HTTP/1.1";
            }

            @Override
            public String method() {
                return method;
            }

            @Override
            public String path() {
                return "/";
            }

            @Override
            public ServerRequestHeaders headers() {
                return DirectHandler.TransportRequest.empty().headers();
            }
        };
    }
}
