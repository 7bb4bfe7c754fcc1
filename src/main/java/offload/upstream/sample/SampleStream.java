package offload.upstream.sample;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Sends the choices of one answer as an event stream, their tokens in turn, at the pace. One thread. */
final class SampleStream {
    private static final byte[] DATA = "data: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "\n\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DONE = "[DONE]".getBytes(StandardCharsets.US_ASCII);

    private final OutputStream out;
    private final SampleJson json;
    private final SamplePace pace;

    SampleStream(OutputStream out, SampleJson json, SamplePace pace) {
        this.out = out;
        this.json = json;
        this.pace = pace;
    }

    void send(List<SampleChoice> choices, boolean withUsage) throws IOException {
        pace.awaitToken(0);
        for (int i = 0; i < choices.size(); i++) {
            event(opening(choices.get(i), i));
        }
        int longest = choices.stream().mapToInt(SampleChoice::tokens).max().orElse(0);
        for (int number = 0; number <= longest; number++) {
            pace.awaitToken(number);
            for (int i = 0; i < choices.size(); i++) {
                step(choices.get(i), i, number);
            }
            out.flush();
        }
        if (withUsage) {
            event(json.usageChunk());
        }
        event(DONE);
        out.flush();
    }

    private byte[] opening(SampleChoice choice, int index) {
        return json.chunk(
                index,
                delta -> {
                    delta.name("role").value("assistant").name("content");
                    delta.value(choice.callId() == null ? "" : null);
                    if (choice.callId() != null) {
                        delta.name("tool_calls")
                                .beginArray()
                                .beginObject()
                                .name("index")
                                .value(0L);
                        json.call(delta, choice, "").endObject().endArray();
                    }
                    delta.name("refusal").raw("null");
                },
                null);
    }

    /** The token of this number, or the end of the choice after its last one. */
    private void step(SampleChoice choice, int index, int number) throws IOException {
        if (number < choice.tokens()) {
            event(token(choice, index, number));
        } else if (number == choice.tokens()) {
            event(json.chunk(index, delta -> {}, choice.finishReason()));
        }
    }

    private byte[] token(SampleChoice choice, int index, int number) {
        int inContent = number - choice.reasoning().size();
        int inArguments = inContent - choice.content().size();
        if (inContent < 0) {
            return json.chunk(
                    index,
                    delta -> delta.name("reasoning_content")
                            .value(choice.reasoning().get(number)),
                    null);
        }
        if (inArguments < 0) {
            return json.chunk(
                    index, delta -> delta.name("content").value(choice.content().get(inContent)), null);
        }
        return json.chunk(
                index,
                delta -> {
                    delta.name("tool_calls")
                            .beginArray()
                            .beginObject()
                            .name("index")
                            .value(0L)
                            .name("function");
                    delta.beginObject()
                            .name("arguments")
                            .value(choice.arguments().get(inArguments));
                    delta.endObject().endObject().endArray();
                },
                null);
    }

    private void event(byte[] data) throws IOException {
        out.write(DATA);
        out.write(data);
        out.write(END);
    }
}
