package offload.upstream.sample;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.zip.CRC32;
import offload.json.JsonWriter;
import org.jspecify.annotations.Nullable;

/** The objects of OpenAI's chat completions API (platform.openai.com/docs/api-reference/chat) for one answer. */
final class SampleJson {
    private final SampleRequest request;
    private final List<SampleChoice> choices;
    private final String id;
    private final long created = Instant.now().getEpochSecond();

    SampleJson(SampleRequest request, List<SampleChoice> choices) {
        this.request = request;
        this.choices = choices;
        CRC32 hash = new CRC32();
        hash.update(choices.toString().getBytes(StandardCharsets.UTF_8));
        id = "chatcmpl-sample" + Long.toString(hash.getValue(), 36);
    }

    /** What one chunk of a choice carries. */
    @FunctionalInterface
    interface Delta {
        void write(JsonWriter out);
    }

    byte[] chunk(int index, Delta delta, @Nullable String finishReason) {
        JsonWriter out = start("chat.completion.chunk");
        out.name("choices").beginArray().beginObject().name("index").value(index);
        delta.write(out.name("delta").beginObject());
        out.endObject().name("logprobs").raw("null").name("finish_reason");
        out.value(finishReason).endObject().endArray();
        if (request.form() == SampleRequest.Form.CHUNKS_AND_USAGE) {
            out.name("usage").raw("null");
        }
        return out.endObject().toBytes();
    }

    byte[] usageChunk() {
        JsonWriter out = start("chat.completion.chunk").name("choices").raw("[]");
        return usage(out).endObject().toBytes();
    }

    byte[] completion() {
        JsonWriter out = start("chat.completion").name("choices").beginArray();
        for (int i = 0; i < choices.size(); i++) {
            SampleChoice choice = choices.get(i);
            out.beginObject().name("index").value(i);
            message(out.name("message").beginObject(), choice).endObject();
            out.name("logprobs")
                    .raw("null")
                    .name("finish_reason")
                    .value(choice.finishReason())
                    .endObject();
        }
        return usage(out.endArray()).endObject().toBytes();
    }

    private JsonWriter start(String object) {
        return new JsonWriter()
                .beginObject()
                .name("id")
                .value(id)
                .name("object")
                .value(object)
                .name("created")
                .value(created)
                .name("model")
                .value(request.model())
                .name("service_tier")
                .value("default")
                .name("system_fingerprint")
                .value("fp_sample");
    }

    private JsonWriter message(JsonWriter out, SampleChoice choice) {
        out.name("role").value("assistant").name("content");
        out.value(choice.callId() == null ? String.join("", choice.content()) : null);
        out.name("refusal").raw("null");
        if (!choice.reasoning().isEmpty()) {
            out.name("reasoning_content").value(String.join("", choice.reasoning()));
        }
        if (choice.callId() != null) {
            out.name("tool_calls").beginArray().beginObject();
            call(out, choice, String.join("", choice.arguments())).endObject().endArray();
        }
        return out;
    }

    /** Id, type and function of a choice's tool call, with {@code arguments}. */
    JsonWriter call(JsonWriter out, SampleChoice choice, String arguments) {
        SampleTool tool = request.tool();
        out.name("id").value(choice.callId()).name("type").value("function");
        out.name("function").beginObject().name("name").value(tool == null ? "" : tool.name());
        return out.name("arguments").value(arguments).endObject();
    }

    private JsonWriter usage(JsonWriter out) {
        long prompt = 3;
        for (SampleMessage message : request.messages()) {
            prompt += 4 + SampleTokens.count(message.text());
        }
        long completion = choices.stream().mapToLong(SampleChoice::tokens).sum();
        long thoughts =
                choices.stream().mapToLong(choice -> choice.reasoning().size()).sum();
        out.name("usage").beginObject().name("prompt_tokens").value(prompt);
        out.name("completion_tokens").value(completion).name("total_tokens").value(prompt + completion);
        out.name("completion_tokens_details")
                .beginObject()
                .name("reasoning_tokens")
                .value(thoughts)
                .endObject();
        return out.endObject();
    }
}
