package offload.upstream.openai.body;

import java.io.ByteArrayOutputStream;
import offload.json.JsonCursor;
import offload.json.JsonFault;
import offload.sse.Utf8Repair;
import offload.upstream.ChatEnd;

/** A body that is one JSON text, kept whole. */
final class JsonBody implements BodyTaker {
    /**
     * Read, each takes dozens of bytes of memory whatever it takes in the text, and about a hundred for an empty object. The
     * log probabilities of 16,000 tokens, with twenty others for each, are three million.
     */
    private static final long MOST_VALUES =
            Math.min(4_000_000, Runtime.getRuntime().maxMemory() / 256);

    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

    @Override
    public boolean take(byte[] buffer, int from, int to) {
        kept.write(buffer, from, to - from);
        return true;
    }

    @Override
    public ChatEnd end(boolean whole) {
        if (!whole) {
            return new ChatEnd.Truncated(EventBody.CUT);
        }
        byte[] json = ByteOrderMark.skippedIn(kept.toByteArray());
        if (!Utf8Repair.isWellFormed(json, 0, json.length)) {
            json = Utf8Repair.repaired(json, 0, json.length);
        }
        try {
            JsonCursor cursor = new JsonCursor().reset(json, 0, json.length);
            cursor.value();
            cursor.end();
            return cursor.values() <= MOST_VALUES
                    ? new ChatEnd.Whole(json)
                    : new ChatEnd.Invalid(
                            "The upstream's answer is too large: it has more than " + MOST_VALUES + " values.");
        } catch (JsonFault e) {
            return new ChatEnd.Invalid(
                    "The upstream's answer is not an event stream and not good JSON: " + e.getMessage() + ".",
                    AnswerBody.beginning(json, 0, json.length));
        }
    }
}
