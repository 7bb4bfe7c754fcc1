package offload.upstream.sample;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * One choice of an answer, made up in full before its first token is sent.
 *
 * @param reasoning pieces of thought, before all else
 * @param content pieces of the answer in words
 * @param callId the id of the tool call; null without one
 * @param arguments pieces of the call's arguments
 * @param finishReason {@code stop}, {@code length} or {@code tool_calls}
 */
record SampleChoice(
        List<String> reasoning,
        List<String> content,
        @Nullable String callId,
        List<String> arguments,
        String finishReason) {

    /** The choice of this number. The same request gives the same choice. */
    static SampleChoice of(SampleRequest request, int index) {
        SplittableRandom random = new SplittableRandom(seed(request) * 131 + index);
        SampleWriter writer = new SampleWriter(random);
        List<String> reasoning = request.reasoning() ? SampleTokens.of(writer.thoughts()) : List.of();
        SampleTool tool = request.tool();
        if (tool != null) {
            String arguments = tool.arguments(SampleWriter.topic(request.messages()), random);
            String id = "call_" + Long.toString(random.nextLong() >>> 1, 36);
            String finish = tool.named() ? "stop" : "tool_calls";
            return cut(
                    new SampleChoice(reasoning, List.of(), id, SampleTokens.of(arguments), finish),
                    request.limits().maxTokens());
        }
        String text =
                stopped(writer.answer(request.messages()), request.limits().stops());
        return cut(
                new SampleChoice(reasoning, SampleTokens.of(text), null, List.of(), "stop"),
                request.limits().maxTokens());
    }

    private static long seed(SampleRequest request) {
        CRC32 hash = new CRC32();
        hash.update(request.model().getBytes(StandardCharsets.UTF_8));
        request.messages().forEach(message -> hash.update(message.raw().getBytes(StandardCharsets.UTF_8)));
        return hash.getValue();
    }

    private static String stopped(String text, List<String> stops) {
        int end = text.length();
        for (String stop : stops) {
            int found = text.indexOf(stop);
            end = found >= 0 ? Math.min(end, found) : end;
        }
        return text.substring(0, end);
    }

    private static SampleChoice cut(SampleChoice whole, int max) {
        if (whole.tokens() <= max) {
            return whole;
        }
        List<String> reasoning = first(whole.reasoning, max);
        List<String> content = first(whole.content, max - reasoning.size());
        List<String> arguments = first(whole.arguments, max - reasoning.size() - content.size());
        return new SampleChoice(reasoning, content, whole.callId, arguments, "length");
    }

    private static List<String> first(List<String> tokens, int count) {
        return new ArrayList<>(tokens.subList(0, Math.min(tokens.size(), count)));
    }

    /** How many tokens it is. */
    int tokens() {
        return reasoning.size() + content.size() + arguments.size();
    }
}
