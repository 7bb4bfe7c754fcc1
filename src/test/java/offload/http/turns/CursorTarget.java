package offload.http.turns;

import java.nio.charset.StandardCharsets;
import offload.turn.ApiError;
import offload.turn.ApiException;

/** A cursor is a number that is not negative, or refused as none. For {@link offload.fuzz}. */
public final class CursorTarget {
    private CursorTarget() {}

    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        boolean digits = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
        try {
            long cursor = Cursor.parse(text, "offset");
            if (!digits || cursor < 0 || text.length() < 18 && cursor != Long.parseLong(text)) {
                throw new AssertionError("this is no cursor: " + text);
            }
        } catch (ApiException e) {
            if (digits || e.error() != ApiError.INVALID_CURSOR) {
                throw new AssertionError("this is a cursor: " + text, e);
            }
        }
    }
}
