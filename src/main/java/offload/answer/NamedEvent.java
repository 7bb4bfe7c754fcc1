package offload.answer;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import offload.json.Json;
import offload.json.JsonFault;

/**
 * Events with a name of their own. Gateways and agents tell with them what goes on beside the answer, in words or in JSON; a few
 * upstreams name their chunks. Stateless.
 */
public final class NamedEvent {
    private NamedEvent() {}

    /** Whether it has to do with the answer: a chunk, its usage, an error, or what would be one of them if it were whole. */
    public static boolean isOfAnswer(byte[] bytes, int offset, int length) {
        try {
            return Json.value(bytes, offset, length) instanceof JsonObject said && isOfAnswer(said);
        } catch (JsonFault e) {
            return new String(bytes, offset, length, StandardCharsets.ISO_8859_1)
                    .stripLeading()
                    .startsWith("{");
        }
    }

    private static boolean isOfAnswer(JsonObject said) {
        JsonValue usage = said.get("usage");
        return said.get("choices") instanceof JsonArray || usage instanceof JsonObject || isError(said);
    }

    /** A mere word for it among other things tells how a tool or a step ended, and the answer goes on. */
    private static boolean isError(JsonObject said) {
        JsonValue error = StatedError.in(said);
        boolean isWord = error != null && !(error instanceof JsonStructure) && said.size() > 1;
        return StatedError.isEvent(said) && !isWord;
    }
}
