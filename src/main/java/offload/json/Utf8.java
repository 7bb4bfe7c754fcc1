package offload.json;

/** Strict UTF-8 (RFC 3629). Stateless; any thread. */
final class Utf8 {
    private Utf8() {}

    /**
     * The length of the character at {@code position}, 1 to 4 bytes; 0 where there is no whole valid one (overlong
     * forms, surrogates and what lies over U+10FFFF are none).
     */
    static int length(byte[] text, int position, int end) {
        int lead = text[position] & 0xFF;
        if (lead < 0x80) {
            return 1;
        }
        int length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
        if (lead < 0xC2 || lead > 0xF4 || position + length > end) {
            return 0;
        }
        int second = text[position + 1] & 0xFF;
        if (second < lowest(lead) || second > highest(lead)) {
            return 0;
        }
        for (int i = 2; i < length; i++) {
            if ((text[position + i] & 0xC0) != 0x80) {
                return 0;
            }
        }
        return length;
    }

    private static int lowest(int lead) {
        return lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    }

    private static int highest(int lead) {
        return lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    }
}
