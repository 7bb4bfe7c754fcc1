package offload.upstream.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import offload.json.Json;
import offload.testing.RawHttp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers in words, streamed and whole. */
class SampleUpstreamTest extends AskedSample {

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
    void a_longer_conversation_is_remembered() throws Exception {
        String body =
                "{\"model\":\"m\",\"messages\":[{\"role\":\"system\",\"content\":\"s\"},{\"role\":\"user\",\"content\":\"a\"},"
                        + "{\"role\":\"assistant\",\"content\":\"# Blue whales\\nare big\"},"
                        + "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"And birds? 🐦\"},{\"type\":\"image_url\"}]}]}";
        String text = content(Json.value(post(body).text()).asJsonObject());
        assertTrue(text.startsWith("# And birds? 🐦\n"), text);
        assertTrue(text.contains("*Blue whales*") && text.contains("4 messages"), text);
    }

    @Test
    void tokens_come_at_the_pace_after_a_while_of_thinking() throws Exception {
        try (SampleUpstream slow = new SampleUpstream(Duration.ofMillis(20))) {
            long start = System.nanoTime();
            URI uri = URI.create(slow.base() + "/chat/completions");
            RawHttp.exchange("POST", uri, "{" + ASK + ",\"stream\":true,\"max_tokens\":5}");
            long millis = (System.nanoTime() - start) / 1_000_000;
            // A busy machine may be late by seconds: a pace in another unit would be later still.
            assertTrue(millis >= (12 + 5) * 20 && millis < 15_000, millis + " ms");
        }
    }
}
