package offload.upstream.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

/** A sample upstream without pauses, and what its answers say. */
abstract class AskedSample {
    static final String ASK = "\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Why is the sky blue?\"}]";

    static SampleUpstream sample;

    @BeforeAll
    static void start() throws Exception {
        sample = new SampleUpstream(Duration.ZERO);
    }

    @AfterAll
    static void stop() {
        sample.close();
    }

    static RawHttp.Response post(String body) throws Exception {
        URI uri = URI.create(sample.base() + "/chat/completions");
        return RawHttp.exchange("POST", uri, body, "Content-Type: application/json");
    }

    /** The chunks of a streamed answer, which must end in {@code [DONE]}. */
    static List<JsonObject> chunks(String more) throws Exception {
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

    static JsonObject whole(String more) throws Exception {
        return Json.value(post("{" + ASK + more + "}").text()).asJsonObject();
    }

    static JsonObject choice(JsonObject object) {
        return object.getJsonArray("choices").getJsonObject(0);
    }

    static String content(JsonObject completion) {
        return choice(completion).getJsonObject("message").getString("content");
    }

    /** What the deltas of one choice say under {@code name}. */
    static String joined(List<JsonObject> chunks, int index, String name) {
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

    static String finish(List<JsonObject> chunks) {
        return choice(chunks.getLast()).getString("finish_reason");
    }
}
