package offload.upstream.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import offload.json.Json;
import offload.testing.RawHttp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SampleUpstreamTest {
    private static final String ASK =
            "\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Why is the sky blue?\"}]";

    private static SampleUpstream sample;

    @BeforeAll
    static void start() throws Exception {
        sample = new SampleUpstream(Duration.ZERO);
    }

    @AfterAll
    static void stop() {
        sample.close();
    }

    private static RawHttp.Response post(String body) throws Exception {
        URI uri = URI.create(sample.base() + "/chat/completions");
        return RawHttp.exchange("POST", uri, body, "Content-Type: application/json");
    }

    /** The chunks of a streamed answer, which must end in {@code [DONE]}. */
    private static List<JsonObject> chunks(String more) throws Exception {
        RawHttp.Response response = post("{" + ASK + ",\"stream\":true" + more + "}");
        assertEquals("text/event-stream; charset=utf-8", response.header("Content-Type"));
        List<JsonObject> chunks = new ArrayList<>();
        String[] records = response.text().split("\n\n");
        assertEquals("data: [DONE]", records[records.length - 1]);
        for (int i = 0; i < records.length - 1; i++) {
            assertTrue(records[i].startsWith("data: {"), records[i]);
            chunks.add(Json.value(records[i].substring(6)).asJsonObject());
        }
        return chunks;
    }

    private static JsonObject whole(String more) throws Exception {
        return Json.value(post("{" + ASK + more + "}").text()).asJsonObject();
    }

    private static JsonObject choice(JsonObject object) {
        return object.getJsonArray("choices").getJsonObject(0);
    }

    private static String content(JsonObject completion) {
        return choice(completion).getJsonObject("message").getString("content");
    }

    /** What the deltas of one choice say under {@code name}. */
    private static String joined(List<JsonObject> chunks, int index, String name) {
        StringBuilder text = new StringBuilder();
        for (JsonObject chunk : chunks) {
            for (JsonObject choice : chunk.getJsonArray("choices").getValuesAs(JsonObject.class)) {
                if (choice.getInt("index") == index
                        && choice.getJsonObject("delta").get(name) instanceof JsonString piece) {
                    text.append(piece.getString());
                }
            }
        }
        return text.toString();
    }

    private static String finish(List<JsonObject> chunks) {
        return choice(chunks.getLast()).getString("finish_reason");
    }

    @Test
    void the_answer_is_markdown_about_the_last_message_and_says_that_it_is_a_sample() throws Exception {
        String text = joined(chunks(""), 0, "content");
        assertTrue(text.startsWith("# Why is the sky blue?\n\n"), text);
        for (String part : List.of("\n## ", "\n- **", "\n| ", "\n```", "\n1. ", "sample upstream")) {
            assertTrue(text.contains(part), part + " in " + text);
        }
    }

    @Test
    void the_same_conversation_gets_the_same_answer_and_another_one_another() throws Exception {
        assertEquals(joined(chunks(""), 0, "content"), content(whole("")));
        String other = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Why is the sea blue?\"}]}";
        assertNotEquals(
                content(whole("")), content(Json.value(post(other).text()).asJsonObject()));
    }

    @Test
    void the_chunks_are_those_of_openai() throws Exception {
        List<JsonObject> chunks = chunks("");
        JsonObject first = chunks.getFirst();
        assertEquals("chat.completion.chunk", first.getString("object"));
        assertEquals("m", first.getString("model"));
        assertEquals("assistant", choice(first).getJsonObject("delta").getString("role"));
        assertTrue(choice(first).isNull("finish_reason"));
        assertFalse(first.containsKey("usage"));
        assertEquals("stop", finish(chunks));
        assertEquals(
                1,
                chunks.stream().map(chunk -> chunk.getString("id")).distinct().count());
    }

    @Test
    void usage_comes_last_without_choices_when_it_is_wanted() throws Exception {
        List<JsonObject> chunks = chunks(",\"stream_options\":{\"include_usage\":true}");
        assertTrue(chunks.getFirst().isNull("usage"));
        JsonObject last = chunks.getLast();
        assertTrue(last.getJsonArray("choices").isEmpty());
        JsonObject usage = last.getJsonObject("usage");
        assertEquals(chunks.size() - 3, usage.getInt("completion_tokens"));
        assertEquals(usage.getInt("prompt_tokens") + chunks.size() - 3, usage.getInt("total_tokens"));
        assertEquals(usage, whole("").getJsonObject("usage"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"max_tokens", "max_completion_tokens"})
    void the_token_limit_is_obeyed(String name) throws Exception {
        List<JsonObject> chunks = chunks(",\"" + name + "\":7");
        assertEquals(1 + 7 + 1, chunks.size());
        assertEquals("length", finish(chunks));
        assertTrue(joined(chunks(""), 0, "content").startsWith(joined(chunks, 0, "content")));
    }

    @Test
    void several_choices_are_interleaved_and_differ() throws Exception {
        List<JsonObject> chunks = chunks(",\"n\":3");
        List<Integer> order = chunks.stream()
                .map(chunk -> choice(chunk).getInt("index"))
                .limit(9)
                .toList();
        assertEquals(List.of(0, 1, 2, 0, 1, 2, 0, 1, 2), order);
        assertNotEquals(joined(chunks, 0, "content"), joined(chunks, 1, "content"));
        JsonArray choices = whole(",\"n\":3").getJsonArray("choices");
        assertEquals(
                joined(chunks, 2, "content"),
                choices.getJsonObject(2).getJsonObject("message").getString("content"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"## A plan\"", "[\"never\",\"## A plan\",\"In code\"]"})
    void the_answer_ends_before_a_stop_sequence(String stop) throws Exception {
        List<JsonObject> chunks = chunks(",\"stop\":" + stop);
        String text = joined(chunks, 0, "content");
        assertTrue(text.contains("## What matters") && !text.contains("## A plan"), text);
        assertEquals("stop", finish(chunks));
    }

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

    @Test
    void a_longer_conversation_is_remembered() throws Exception {
        String body =
                "{\"model\":\"m\",\"messages\":[{\"role\":\"system\",\"content\":\"s\"},{\"role\":\"user\",\"content\":\"a\"},"
                        + "{\"role\":\"assistant\",\"content\":\"# Blue whales\\nare big\"},"
                        + "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"And birds? 🐦\"},{\"type\":\"image_url\"}]}]}";
        String text = content(Json.value(post(body).text()).asJsonObject());
        assertTrue(text.startsWith("# And birds? 🐦\n"), text);
        assertTrue(text.contains("*Blue whales*") && text.contains("4 messages"), text);
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

    @Test
    void tokens_come_at_the_pace_after_a_while_of_thinking() throws Exception {
        try (SampleUpstream slow = new SampleUpstream(Duration.ofMillis(20))) {
            long start = System.nanoTime();
            URI uri = URI.create(slow.base() + "/chat/completions");
            RawHttp.exchange("POST", uri, "{" + ASK + ",\"stream\":true,\"max_tokens\":5}");
            long millis = (System.nanoTime() - start) / 1_000_000;
            assertTrue(millis >= (12 + 5) * 20 && millis < 3000, millis + " ms");
        }
    }
}
