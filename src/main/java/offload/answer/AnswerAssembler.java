package offload.answer;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import offload.json.Json;
import offload.json.JsonFault;
import offload.json.JsonSource;
import offload.json.JsonWriter;
import offload.json.RawString;
import offload.turn.TurnError;
import offload.turn.TurnState;
import org.jspecify.annotations.Nullable;

/**
 * Puts a {@code chat.completion} together from its {@code chat.completion.chunk}s. The same code serves a live turn and a
 * log that is read after the fact. Any thread may ask for the body while another adds chunks.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/chat-streaming">the chunk object</a>
 */
public final class AnswerAssembler {
    /** The completion of an answer of which nothing came, where one must be shown. */
    public static final String NOTHING = "{\"object\":\"chat.completion\",\"choices\":[]}";

    private static final Set<String> NOT_IN_A_WHOLE = Set.of("obfuscation", "error");

    /** The finish reasons of an answer that the upstream gave up: OpenRouter's, vLLM's, DeepSeek's, Cohere's. */
    private static final Set<String> BROKEN_OFF = Set.of("error", "abort", "insufficient_system_resource", "timeout");
    /** Those of one that became too long: OpenAI's, Mistral's, Cohere's, Anthropic's and Gemini's behind a gateway. */
    private static final Set<String> TOO_LONG = Set.of("length", "model_length", "error_limit", "max_tokens");
    /** Those of one that a filter stopped: OpenAI's, Anthropic's, Cohere's, and the rest Gemini's. */
    private static final Set<String> FILTERED = Set.of(
            "content_filter",
            "refusal",
            "error_toxic",
            "safety",
            "recitation",
            "blocklist",
            "prohibited_content",
            "spii");

    private final ChunkScan scan = new ChunkScan();
    private final Parts parts = new Parts();
    private final MergedObject top = new MergedObject(parts);
    private final Map<Integer, AnswerChoice> choices = new TreeMap<>();
    /** The text that grows with each plain chunk of {@link #grows}; null where the next one must look for it. */
    private @Nullable RawString growing;

    private int grows;
    private long size;
    private boolean begun;
    /** Whether a chunk with choices was read as a whole: some upstreams begin with one that names nothing. */
    private boolean told;
    /** What the chunks that were read as a whole have said of what plain ones repeat. */
    private int known;

    /** What kind of chunk was added. */
    public enum Kind {
        /** It has choices: a reader can use it. */
        CHOICES,
        /** It has none: usage, or something else that only the whole answer shows. */
        NO_CHOICES,
        /** It is an error of the upstream; nothing was added. */
        ERROR,
        /** The answer has more parts by now than an answer may have. */
        TOO_MANY_PARTS
    }

    /** Adds one chunk, {@code length} bytes of UTF-8; fails, and adds nothing, where it is no JSON object. */
    public synchronized Kind add(byte[] bytes, int offset, int length) throws JsonFault {
        scan.scan(bytes, offset, length);
        if (told && scan.isPlain(known)) {
            int from = scan.textStart();
            content(scan.index()).append(bytes, from, scan.textEnd() - from);
            size += scan.textEnd() - from;
            return Kind.CHOICES;
        }
        growing = null;
        JsonObject chunk = Json.value(bytes, offset, length).asJsonObject();
        if (StatedError.isEvent(chunk)) {
            return Kind.ERROR;
        }
        merge(chunk);
        known |= scan.repeated();
        size += length;
        if (parts.areTooMany()) {
            return Kind.TOO_MANY_PARTS;
        }
        // What a reader that takes choices[0] unguarded can live with.
        boolean hasChoices = chunk.get("choices") instanceof JsonArray found && !found.isEmpty();
        told |= hasChoices;
        return hasChoices ? Kind.CHOICES : Kind.NO_CHOICES;
    }

    private RawString content(int index) {
        RawString text = growing;
        if (text == null || grows != index) {
            text = choice(index).content();
            growing = text;
            grows = index;
        }
        return text;
    }

    private void merge(JsonObject chunk) {
        begun = true;
        chunk.forEach((name, value) -> {
            if (name.equals("choices")) {
                mergeChoices(value);
            } else if (!NOT_IN_A_WHOLE.contains(name) && tells(name, value)) {
                top.replace(name, value);
            }
        });
    }

    /** With some upstreams the chunks that only annotate an answer were created at 0. */
    private boolean tells(String name, JsonValue value) {
        return !(name.equals("created")
                && value instanceof JsonNumber time
                && time.bigDecimalValue().signum() == 0
                && top.has(name)
                && !top.isNull(name));
    }

    private void mergeChoices(JsonValue value) {
        if (!(value instanceof JsonArray array)) {
            return;
        }
        for (int i = 0; i < array.size(); i++) {
            if (array.get(i) instanceof JsonObject choice) {
                choice(choice.get("index") instanceof JsonNumber index ? index.intValue() : i)
                        .merge(choice);
            }
        }
    }

    private AnswerChoice choice(int index) {
        return Objects.requireNonNull(choices.computeIfAbsent(index, unknown -> new AnswerChoice(unknown, parts)));
    }

    /** Whether all of {@code expected} choices came and have a finish reason. */
    public synchronized boolean isFinished(int expected) {
        return choices.size() >= expected
                && choices.values().stream().allMatch(choice -> choice.finishReason() != null);
    }

    /** What the finish reasons say of an answer that has ended: how far the upstream came with it. */
    public synchronized TurnState finished() {
        String broken = reasonAmong(BROKEN_OFF);
        if (broken != null) {
            return new TurnState.Failed(TurnError.of(
                    TurnError.UPSTREAM_ERROR,
                    "The upstream ended its answer with the finish_reason \"" + broken + "\".",
                    true));
        }
        if (reasonAmong(FILTERED) != null) {
            return new TurnState.Incomplete("content_filter");
        }
        return reasonAmong(TOO_LONG) == null
                ? new TurnState.Completed()
                : new TurnState.Incomplete("max_output_tokens");
    }

    private @Nullable String reasonAmong(Set<String> reasons) {
        for (AnswerChoice choice : choices.values()) {
            String reason = choice.finishReason();
            // Gemini's and Cohere's have capitals.
            if (reason != null && reasons.contains(reason.toLowerCase(Locale.ROOT))) {
                return reason;
            }
        }
        return null;
    }

    /** About how many bytes {@link #body} would have, rather more. */
    public synchronized long size() {
        return size;
    }

    /** About how many bytes of memory it takes, rather more. */
    public synchronized long memory() {
        return size + parts.memory();
    }

    /** The {@code chat.completion} so far, which shares its long texts with what grows on; null before the first chunk. */
    public synchronized @Nullable JsonSource body() {
        if (!begun) {
            return null;
        }
        JsonWriter out = new JsonWriter().beginObject();
        writeTop(out, "id");
        out.name("object").value("chat.completion");
        writeTop(out, "created");
        writeTop(out, "model");
        out.name("choices").beginArray();
        choices.values().forEach(choice -> choice.writeTo(out));
        out.endArray();
        top.writeMembers(out, omitted());
        return out.endObject().toSource();
    }

    /** What it says beside its choices, as one more chunk would say it; null before the first chunk. */
    public synchronized @Nullable JsonSource beside() {
        if (!begun) {
            return null;
        }
        JsonWriter out = new JsonWriter().beginObject();
        top.writeMembers(out, Set.of());
        return out.endObject().toSource();
    }

    private void writeTop(JsonWriter out, String name) {
        if (top.has(name)) {
            top.writeMember(out, name);
        }
    }

    private Set<String> omitted() {
        // A usage that is null says that it comes with another chunk; where none came there is none to tell of.
        return top.isNull("usage")
                ? Set.of("id", "object", "created", "model", "usage")
                : Set.of("id", "object", "created", "model");
    }
}
