package offload.http.turns;

import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webserver.http.ServerRequest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import offload.turn.ApiError;
import offload.turn.ApiException;
import org.jspecify.annotations.Nullable;

/**
 * A part of a finished file (RFC 9110, section 14). Several ranges at once, other units and what cannot be read are
 * ignored, as the RFC allows, and any range with another method than GET, as it says (section 14.2).
 *
 * @param first the first byte
 * @param last the last byte, inclusive
 */
record ByteRange(long first, long last) {
    private static final Pattern SINGLE = Pattern.compile("(?i)bytes=\\s*(\\d{0,40})-(\\d{0,40})\\s*");

    /** The range that is asked for of a file of {@code length} bytes; null where the whole file is wanted. */
    static @Nullable ByteRange of(ServerRequest request, long length) {
        Matcher parts =
                SINGLE.matcher(request.headers().first(HeaderNames.RANGE).orElse(""));
        boolean ignored = request.headers().contains(HeaderNames.IF_RANGE)
                || !request.prologue().method().equals(Method.GET);
        if (ignored
                || !parts.matches()
                || parts.group(1).isEmpty() && parts.group(2).isEmpty()) {
            return null;
        }
        long first = parts.group(1).isEmpty() ? suffixStart(parts.group(2), length) : number(parts.group(1));
        boolean open = parts.group(1).isEmpty() || parts.group(2).isEmpty();
        long last = open ? length - 1 : Math.min(length - 1, number(parts.group(2)));
        if (!open && number(parts.group(2)) < first) {
            return null;
        }
        if (first >= length) {
            throw new ApiException(
                            ApiError.RANGE_NOT_SATISFIABLE,
                            "The file has " + length + " bytes: ask for a range in them.",
                            "Range")
                    .with("Content-Range", "bytes */" + length);
        }
        return new ByteRange(first, last);
    }

    private static long number(String digits) {
        // What no file is as long as is a number all the same.
        return digits.length() > 18 ? Long.MAX_VALUE : Long.parseLong(digits);
    }

    private static long suffixStart(String count, long length) {
        return Math.max(0, length - number(count));
    }

    long length() {
        return last - first + 1;
    }

    String contentRange(long total) {
        return "bytes " + first + "-" + last + "/" + total;
    }
}
