package offload.http.message;

import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import java.util.List;
import java.util.stream.Stream;
import offload.turn.ApiError;
import offload.turn.ApiException;

/**
 * The coding of a request's content ({@code Content-Encoding}, RFC 9110, section 8.4): none is taken. {@code identity}, however often
 * and in any case, is that there is none (sections 8.4.1 and 12.5.3). Stateless.
 */
public final class ContentCoding {
    private ContentCoding() {}

    /** Refuses a head that names a coding, with what is taken in the words of section 15.5.16. */
    public static void requireNone(Headers head) {
        if (!head.all(HeaderNames.CONTENT_ENCODING, List::of).stream().allMatch(ContentCoding::isNone)) {
            throw new ApiException(
                            ApiError.UNSUPPORTED_MEDIA_TYPE,
                            "Send the body as it is, without `Content-Encoding`: no coding is taken.",
                            HeaderNames.CONTENT_ENCODING_NAME)
                    .with(HeaderNames.ACCEPT_ENCODING_NAME, "identity");
        }
    }

    /** A list may have empty elements (section 5.6.1). */
    private static boolean isNone(String line) {
        return Stream.of(line.split(",", -1))
                .map(String::strip)
                .allMatch(coding -> coding.isEmpty() || coding.equalsIgnoreCase("identity"));
    }
}
