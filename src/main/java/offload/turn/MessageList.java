package offload.turn;

import jakarta.json.JsonString;
import java.util.List;
import offload.json.Json;
import offload.json.JsonFault;
import offload.json.JsonMember;
import org.jspecify.annotations.Nullable;

/** The {@code messages} of a request, as JSON text that travels untouched. Stateless. */
public final class MessageList {
    private MessageList() {}

    /** The text of the array in {@code member}, which may also be a string that holds the array as JSON. */
    static String check(@Nullable JsonMember member) {
        if (member == null || member.isNull()) {
            throw invalid("is required: an array of messages such as {\"role\": \"user\", \"content\": \"Hello\"}");
        }
        try {
            String array = member.raw();
            if (array.startsWith("\"")) {
                array = ((JsonString) Json.value(array)).getString().strip();
            }
            List<String> messages = Json.elements(array);
            if (messages.isEmpty() || messages.stream().anyMatch(message -> !message.startsWith("{"))) {
                throw invalid("must hold at least one message, and objects only");
            }
            return array;
        } catch (JsonFault e) {
            throw invalid("must be an array of objects, or a string that holds such an array as JSON");
        }
    }

    /** The text of one array that holds the elements of all {@code arrays}, each as it was written. */
    public static String join(String... arrays) {
        StringBuilder joined = new StringBuilder("[");
        for (String array : arrays) {
            String inner = array.strip();
            inner = inner.substring(1, inner.length() - 1).strip();
            if (!inner.isEmpty()) {
                joined.append(joined.length() > 1 ? "," : "").append(inner);
            }
        }
        return joined.append(']').toString();
    }

    private static ApiException invalid(String rule) {
        return new ApiException(ApiError.INVALID_PARAMETER, "`messages` " + rule + ".", "messages");
    }
}
