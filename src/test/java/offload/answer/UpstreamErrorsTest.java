package offload.answer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Stream;
import offload.turn.TurnError;
import offload.turn.UpstreamKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class UpstreamErrorsTest {
    private static final String KEY = "sk-canary/7f3A91bQ2zX8";

    private static byte[] hidden(String said) {
        return KeyEchoes.hidden(said.getBytes(UTF_8), new UpstreamKey(KEY));
    }

    static Stream<Arguments> bodies() {
        return Stream.of(
                Arguments.of("no healthy upstream", ": no healthy upstream"),
                Arguments.of("\n  connect\terror \u202Eor so\r\nsecond line", ": connect error or so"),
                Arguments.of("Bad key: " + KEY, ": Bad key: ***"),
                Arguments.of("<html>\n<body>502 Bad Gateway</body>", "."),
                Arguments.of(" <!DOCTYPE html>", "."),
                Arguments.of(
                        "<html><head>\n<TITLE lang=en>\n Access\tdenied | Gate\u202E\n</title><p>x",
                        ": Access denied | Gate"),
                Arguments.of("<title>Bad key: " + KEY + "</title>", ": Bad key: ***"),
                Arguments.of("<title></title>", "."),
                Arguments.of("<title>cut", "."),
                Arguments.of("<title", "."),
                Arguments.of("<p>\u0130\u0130\u0130<title>a>b</title>", ": a>b"),
                Arguments.of("<?xml version='1.0'?><Error><Code>x</Code></Error>", "."),
                Arguments.of("{\"error\": {\"message\": \"cut", "."),
                Arguments.of("[{\n\"error\": \"cut", "."),
                Arguments.of("[proxy] no route", ": [proxy] no route"),
                Arguments.of("\u0000\u0001 binary", "."),
                Arguments.of(" \n ", "."),
                Arguments.of("", "."));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void of_plain_text_the_first_line_and_of_a_page_the_title_stands_in_the_message(String body, String end) {
        String message = UpstreamErrors.rejected(502, hidden(body)).message();
        assertEquals("The upstream answered with HTTP status 502" + end, message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'error':'model x not found','message':'Not Found'}|model x not found",
                "{'error':'Not Found','message':'model x not found'}|model x not found",
                "{'error':'invalid_request','message':'model x not found'}|model x not found",
                "{'error':'Not Found','message':'Not found.'}|Not found.",
                "{'error':404,'message':'Not Found'}|Not Found",
                "{'error':{'message':'None','detail':'model x not found'}}|model x not found",
                "{'error':{'message':'None','type':'None'}}|The upstream answered with HTTP status 410.",
                "{'message':'Gone','_links':{},'_embedded':{'errors':[{'message':'model x not found'}]}}|model x not found",
                "{'message':'model x not found','_embedded':{'errors':[{'message':'y'}]}}|model x not found",
                "{'message':'Gone','_embedded':{'errors':[]}}|Gone"
            },
            quoteCharacter = '^')
    void of_two_texts_the_one_that_says_more_than_the_status_is_the_message(String body, String message) {
        byte[] json = body.replace('\'', '"').getBytes(UTF_8);
        assertEquals(message, UpstreamErrors.rejected(410, json).message());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "404|404 page not found|: 404 page not found",
                "404|<html>404 Not Found</html>|^^",
                "404|<title>404 Not Found</title>|: 404 Not Found",
                "404|^^|^^",
                "404|{'detail':'Not Found'}|: Not Found",
                "405|{'detail':'Method Not Allowed.'}|: Method Not Allowed",
                "404|{'timestamp':1,'status':404,'error':'Not Found','path':'/chat/completions'}|: Not Found"
            })
    void an_upstream_that_knows_no_such_path_is_told_with_what_to_look_at(int status, String body, String words) {
        String message = UpstreamErrors.rejected(status, body.replace('\'', '"').getBytes(UTF_8))
                .message();
        assertEquals(
                "The upstream answered with HTTP status " + status + words
                        + ". Check upstream.url, the base URL of its OpenAI-compatible API, which often ends in /v1.",
                message);
    }

    @Test
    void an_upstream_that_knows_the_path_and_not_the_model_is_told_in_its_own_words() {
        byte[] json = "{\"error\":{\"message\":\"model x not found\"}}".getBytes(UTF_8);
        assertEquals("model x not found", UpstreamErrors.rejected(404, json).message());
    }

    @Test
    void a_long_line_of_plain_text_is_cut_between_characters() {
        String message =
                UpstreamErrors.rejected(503, "🙂".repeat(5_000).getBytes(UTF_8)).message();
        assertEquals("The upstream answered with HTTP status 503: " + "🙂".repeat(200) + "…", message);
    }

    @Test
    void a_long_message_is_cut_between_characters() {
        String event = "{\"error\":{\"message\":\"a%s\"}}".formatted("🙂".repeat(5_000));
        assertEquals(
                "a" + "🙂".repeat(999),
                UpstreamErrors.inStream(event.getBytes(UTF_8)).message());
    }

    /** Azure and OpenRouter have no type, gateways an empty one: what kind of error it is would be told nowhere. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "{'error':{'code':'content_filter','type':null,'status':400}}|content_filter|false",
                "{'error':{'code':'content_filter'}}|content_filter|false",
                "{'error':{'code':'server_error'}}|server_error|true",
                "{'error':{'code':'DeploymentNotFound','type':''}}|DeploymentNotFound|true",
                "{'error':{'code':'invalid_api_key','type':'invalid_request_error'}}|invalid_request_error|false",
                "{'error':{'code':'429'}}|upstream_error|true",
                "{'error':{'code':'400','type':' '}}|upstream_error|false",
                "{'error':{'code':' '}}|upstream_error|true",
                "{'error':{'code':'500','type':'None','param':'None'}}|upstream_error|true",
                "{'error':{'code':'None','type':'None'}}|upstream_error|true",
                "{'error':{'code':'context_length_exceeded','type':'None'}}|context_length_exceeded|true",
                "{'error':{'code':1004,'status':'RESOURCE_EXHAUSTED'}}|upstream_error|true",
                "{'error':{'code':409}}|upstream_error|true",
                "{'error':{'type':'authentication_error'}}|authentication_error|false",
                "{'error':{'type':'permission_error'}}|permission_error|false",
                "{'error':{'type':'not_found_error'}}|not_found_error|false"
            })
    void of_an_error_in_the_stream_without_a_type_the_code_is_the_type_and_its_status_tells_whether_to_repeat(
            String event, String type, boolean retryable) {
        TurnError error = UpstreamErrors.inStream(event.replace('\'', '"').getBytes(UTF_8));
        assertEquals(type, error.type());
        assertEquals(retryable, error.retryable());
        assertEquals(TurnError.UPSTREAM_ERROR, error.code());
    }

    @ParameterizedTest
    @CsvSource({
        "upstream_error, rate_limit_error, 429, true, 429",
        "upstream_error, insufficient_quota, 429, false, 429",
        "upstream_error, upstream_error, 300, false, 300",
        "upstream_error, server_error, 200, true,",
        "upstream_invalid, upstream_error, 200, false,"
    })
    void an_error_that_a_log_tells_of_is_the_one_that_the_running_turn_had(
            String code, String type, int answered, boolean retryable, Integer status) throws Exception {
        byte[] record = "{\"error\":{\"message\":\"m\",\"type\":\"%s\",\"code\":\"%s\"}}"
                .formatted(type, code)
                .getBytes(UTF_8);
        assertEquals(
                new TurnError(code, "m", type, retryable, status),
                UpstreamErrors.logged(record, 0, record.length, answered));
    }
}
