package offload.upstream.openai.body;

import java.io.IOException;

/** A body with Content-Length. */
final class FixedLength implements Framing {
    private static final int MAX_DIGITS = 18;

    private long left;

    FixedLength(long length) {
        left = length;
    }

    /** Some servers send the field twice: equal values count as one (RFC 9110, 8.6). */
    static FixedLength of(String field) throws EndOfCall {
        String[] values = field.split(",");
        String first = values.length == 0 ? "" : values[0].strip();
        for (String value : values) {
            if (!value.strip().equals(first)) {
                throw EndOfCall.invalid("The upstream announced two different lengths for its answer.");
            }
        }
        if (first.length() > MAX_DIGITS || !first.matches("[0-9]+")) {
            throw EndOfCall.invalid("The upstream announced a length for its answer that is no number.");
        }
        return new FixedLength(Long.parseLong(first));
    }

    @Override
    public boolean feed(byte[] buffer, int from, int to, BodyTaker body) throws IOException {
        int taken = (int) Math.min(left, to - from);
        left -= taken;
        boolean more = taken == 0 || body.take(buffer, from, from + taken);
        return more && left > 0;
    }
}
