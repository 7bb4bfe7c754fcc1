package offload.json;

/**
 * JSON allows numbers that no decimal here can hold: such with exponents beyond 32 bits, and such with thousands of digits.
 * What others say may have one, of which nobody wants to know. Stateless.
 */
final class HugeNumbers {
    private static final int LONGEST = 1_000;
    private static final int LONGEST_EXPONENT = 9;

    private HugeNumbers() {}

    /** {@code json}, which is good, with each of them in the double that is next to it, or in one that no double can hold. */
    static String rounded(String json) {
        StringBuilder out = new StringBuilder(json.length());
        int at = 0;
        while (at < json.length()) {
            char first = json.charAt(at);
            boolean isNumber = isDigit(first);
            int end = first == '"' ? stringEnd(json, at + 1) : isNumber ? numberEnd(json, at) : at + 1;
            if (isNumber) {
                out.append(rounded(json, at, end));
            } else {
                out.append(json, at, end);
            }
            at = end;
        }
        return out.toString();
    }

    private static CharSequence rounded(String json, int from, int to) {
        String number = json.substring(from, to);
        int exponent = Math.max(number.indexOf('e'), number.indexOf('E'));
        boolean isHuge = to - from > LONGEST || exponent > 0 && number.length() - exponent > LONGEST_EXPONENT;
        if (!isHuge) {
            return number;
        }
        double nearest = Double.parseDouble(number);
        return Double.isInfinite(nearest) ? "1E999999999" : Double.toString(nearest);
    }

    private static int stringEnd(String json, int from) {
        int at = from;
        while (json.charAt(at) != '"') {
            at += json.charAt(at) == '\\' ? 2 : 1;
        }
        return at + 1;
    }

    private static int numberEnd(String json, int from) {
        int at = from;
        while (at < json.length() && (isDigit(json.charAt(at)) || "-+.eE".indexOf(json.charAt(at)) >= 0)) {
            at++;
        }
        return at;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
