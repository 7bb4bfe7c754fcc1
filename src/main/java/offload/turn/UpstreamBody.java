package offload.turn;

import java.nio.charset.StandardCharsets;
import java.util.List;
import offload.json.Json;
import offload.json.JsonFault;
import offload.json.JsonMember;
import offload.json.JsonWriter;
import org.jspecify.annotations.Nullable;

/**
 * The body of the upstream call: the caller's parameters byte for byte, with {@code stream} and, where the upstream
 * takes it, {@code stream_options.include_usage} set. Stateless.
 */
public final class UpstreamBody {
    private static final String OPTIONS = "stream_options";
    /** About what there is beside the messages, in bytes. */
    private static final int USUAL = 512;

    private static final String USAGE = "include_usage";

    private UpstreamBody() {}

    /**
     * Renders the body in UTF-8.
     *
     * @param messages all messages, the earlier turns' too
     * @param askForUsage whether a usage chunk is asked for although the caller did not
     */
    public static byte[] render(TurnRequest request, String messages, boolean askForUsage) {
        JsonWriter out = new JsonWriter(messages.length() + USUAL).beginObject();
        out.name("model").raw(request.model()).name("messages").raw(messages);
        for (JsonMember member : request.parameters()) {
            boolean ours = member.name().equals("stream") || member.name().equals(OPTIONS) && request.streams();
            if (!ours) {
                out.name(member.name()).raw(member.raw());
            }
        }
        out.name("stream").value(request.streams());
        if (request.streams()) {
            streamOptions(request, askForUsage, out);
        }
        return out.endObject().toBytes();
    }

    private static void streamOptions(TurnRequest request, boolean askForUsage, JsonWriter out) {
        String given = request.parameter(OPTIONS);
        if (given != null && !given.startsWith("{") && !given.equals("null")) {
            out.name(OPTIONS).raw(given);
        } else if (askForUsage && includeUsage(given) == null) {
            out.name(OPTIONS).beginObject();
            for (JsonMember member : members(given)) {
                if (!member.name().equals(USAGE)) {
                    out.name(member.name()).raw(member.raw());
                }
            }
            out.name(USAGE).value(true).endObject();
        } else if (given != null) {
            out.name(OPTIONS).raw(given);
        }
    }

    /** Whether the caller himself asked for the usage chunk. */
    public static boolean callerWantsUsage(TurnRequest request) {
        return "true".equals(includeUsage(request.parameter(OPTIONS)));
    }

    private static @Nullable String includeUsage(@Nullable String options) {
        for (JsonMember member : members(options)) {
            if (member.name().equals(USAGE) && !member.isNull()) {
                return member.raw();
            }
        }
        return null;
    }

    private static List<JsonMember> members(@Nullable String options) {
        if (options == null || !options.startsWith("{")) {
            return List.of();
        }
        try {
            return Json.members(options.getBytes(StandardCharsets.UTF_8));
        } catch (JsonFault e) {
            return List.of();
        }
    }
}
