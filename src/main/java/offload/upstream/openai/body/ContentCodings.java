package offload.upstream.openai.body;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import offload.upstream.ResponseHead;

/** What a response's head says about the coding of its body. Stateless. */
public final class ContentCodings {
    /** Those that are told by their name. Of others nobody knows what it is: an upstream may say the key anywhere. */
    private static final Set<String> NAMED =
            Set.of("br", "zstd", "compress", "x-compress", "dcb", "dcz", "bzip2", "xz");

    /** Each takes memory of its own, and a call to the next for all that passes: a head has room for thousands. */
    private static final int MOST = 4;

    private ContentCodings() {}

    /** Whether {@code chunked} is the last transfer coding. */
    static boolean isChunked(ResponseHead head) {
        List<String> codings = list(head.headers(), "transfer-encoding");
        return !codings.isEmpty() && codings.getLast().equals("chunked");
    }

    /**
     * Puts before {@code body} what its codings need. We ask for none: gzip and deflate that come all the same are decoded,
     * anything else is refused.
     *
     * @throws EndOfCall where a coding is not known, or where they are too many
     */
    public static BodyTaker decoded(ResponseHead head, BodyTaker body) throws EndOfCall {
        List<String> codings = new ArrayList<>(list(head.headers(), "content-encoding"));
        codings.addAll(list(head.headers(), "transfer-encoding"));
        codings.removeAll(List.of("identity", "chunked"));
        if (codings.size() > MOST) {
            throw EndOfCall.invalid("The upstream's answer is compressed more than " + MOST + " times.");
        }
        BodyTaker first = body;
        for (String coding : codings) {
            first = switch (coding) {
                case "gzip", "x-gzip" -> new InflatedBody(first, true);
                case "deflate" -> new InflatedBody(first, false);
                default -> throw EndOfCall.invalid(unknown(coding));
            };
        }
        return first;
    }

    private static String unknown(String coding) {
        String way = NAMED.contains(coding) ? "with `" + coding + "`, a way" : "in a way";
        return "The upstream's answer is compressed " + way
                + " that was not asked for and is not known: whatever compresses it,"
                + " the upstream or a proxy before it, must heed `Accept-Encoding: identity`, or use gzip.";
    }

    private static List<String> list(Map<String, String> headers, String name) {
        List<String> values = new ArrayList<>();
        for (String value : headers.getOrDefault(name, "").split(",")) {
            if (!value.isBlank()) {
                values.add(value.strip().toLowerCase(Locale.ROOT));
            }
        }
        return values;
    }
}
