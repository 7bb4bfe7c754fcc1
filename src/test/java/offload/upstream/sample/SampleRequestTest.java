package offload.upstream.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.util.List;
import offload.json.Json;
import offload.testing.RawHttp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tools, thoughts, and requests that are refused. */
class SampleRequestTest extends AskedSample {

    @Test
    void thoughts_come_before_the_answer_when_they_are_wanted() throws Exception {
        List<JsonObject> chunks = chunks(",\"reasoning_effort\":\"low\"");
        assertTrue(joined(chunks, 0, "reasoning_content").length() > 20);
        assertTrue(choice(chunks.get(1)).getJsonObject("delta").containsKey("reasoning_content"));
        assertEquals("", joined(chunks(",\"reasoning_effort\":\"none\""), 0, "reasoning_content"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"required\"|first|tool_calls",
                "{\"type\":\"function\",\"function\":{\"name\":\"second\"}}|second|stop",
            })
    void a_demanded_tool_is_called_with_arguments_of_its_schema(String choice, String name, String finish)
            throws Exception {
        String tool =
                "{\"type\":\"function\",\"function\":{\"name\":\"%s\",\"parameters\":{\"type\":\"object\",\"properties\":"
                        + "{\"city\":{\"type\":\"string\"},\"unit\":{\"enum\":[\"c\",\"f\"]},\"days\":{\"type\":\"integer\"},"
                        + "\"tags\":{\"type\":\"array\",\"items\":{\"type\":\"boolean\"}}}}}}";
        String tools = ",\"tools\":[" + tool.formatted("first") + "," + tool.formatted("second") + "],\"tool_choice\":"
                + choice;
        List<JsonObject> chunks = chunks(tools);
        StringBuilder arguments = new StringBuilder();
        for (JsonObject chunk : chunks) {
            if (choice(chunk).getJsonObject("delta").get("tool_calls") instanceof JsonArray calls) {
                arguments.append(
                        calls.getJsonObject(0).getJsonObject("function").getString("arguments"));
            }
        }
        JsonObject given = Json.value(arguments.toString()).asJsonObject();
        assertEquals("Why is the sky blue?", given.getString("city"));
        assertTrue(List.of("c", "f").contains(given.getString("unit")) && given.getInt("days") > 0);
        assertEquals(finish, finish(chunks));
        JsonObject message = choice(whole(tools)).getJsonObject("message");
        JsonObject function =
                message.getJsonArray("tool_calls").getJsonObject(0).getJsonObject("function");
        assertEquals(name, function.getString("name"));
        assertEquals(arguments.toString(), function.getString("arguments"));
        assertTrue(message.isNull("content"));
    }

    @Test
    void tools_that_are_not_demanded_are_not_called() throws Exception {
        String text = content(
                whole(",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"a\"}}],\"tool_choice\":\"auto\""));
        assertTrue(text.startsWith("# Why"), text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nonsense|",
                "[]|",
                "{\"model\":\"m\"}|messages",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}|model",
                "{\"model\":\"m\",\"messages\":[]}|messages",
                "{\"model\":\"m\",\"messages\":\"a\"}|messages",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"king\",\"content\":\"a\"}]}|messages[0].role",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":5}]}|messages[0].content",
                "{\"model\":5,\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}|model",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\"}],\"n\":0}|n",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\"}],\"n\":129}|n",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\"}],\"max_tokens\":\"1\"}|max_tokens",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\"}],\"stop\":[1]}|stop",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\"}],\"stream\":1}|stream",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\"}],\"stream_options\":{}}|stream_options",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\"}],\"tool_choice\":\"required\"}|tool_choice",
            })
    void a_wrong_body_is_400_in_openais_shape(String body, String param) throws Exception {
        RawHttp.Response response = post(body);
        assertEquals(400, response.status());
        JsonObject error = Json.value(response.text()).asJsonObject().getJsonObject("error");
        assertEquals("invalid_request_error", error.getString("type"));
        assertEquals(param, error.isNull("param") ? null : error.getString("param"));
        assertFalse(error.getString("message").isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"GET,/v1/models,200", "GET,/v1/other,404", "POST,/v2,404", "GET,/v1/chat/completions,405"})
    void other_urls_answer_as_openai_does(String method, String path, int status) throws Exception {
        RawHttp.Response response =
                RawHttp.exchange(method, sample.base().resolve(path), method.equals("POST") ? "{}" : null);
        assertEquals(status, response.status());
        JsonObject answer = Json.value(response.text()).asJsonObject();
        assertTrue(status == 200 ? answer.getString("object").equals("list") : answer.containsKey("error"));
    }
}
