package offload.json;

/** Where the tokens of JSON text end (RFC 8259, sections 3, 6 and 7). Stateless; any thread. */
final class JsonLexer {
    private static final byte[][] LITERALS = {{'t', 'r', 'u', 'e'}, {'f', 'a', 'l', 's', 'e'}, {'n', 'u', 'l', 'l'}};

    private JsonLexer() {}

    /** The position of the quote that closes the string whose first byte is at {@code position}. */
    static int stringEnd(byte[] text, int position, int end, int start) throws JsonFault {
        int at = position;
        while (at < end) {
            byte b = text[at];
            if (b == '"') {
                return at;
            }
            if (b == '\\') {
                at = escapeEnd(text, at, end, start);
            } else if (b < 0) {
                at = characterEnd(text, at, end, start);
            } else if (b < ' ') {
                throw fault("no raw control character in a string", text, at, end, start);
            } else {
                at++;
            }
        }
        throw fault("the end of a string", text, at, end, start);
    }

    private static int escapeEnd(byte[] text, int position, int end, int start) throws JsonFault {
        int at = position + 1;
        byte kind = at < end ? text[at] : 0;
        if (kind == 'u') {
            for (int i = 1; i <= 4; i++) {
                if (at + i >= end || Character.digit(text[at + i], 16) < 0) {
                    throw fault("four hexadecimal digits", text, at, end, start);
                }
            }
            return at + 5;
        }
        if (kind == 0 || "\"\\/bfnrt".indexOf(kind) < 0) {
            throw fault("an escape", text, at, end, start);
        }
        return at + 1;
    }

    /** The end of a character of two to four bytes (RFC 3629: no overlong form, no surrogate, nothing over 10FFFF). */
    private static int characterEnd(byte[] text, int position, int end, int start) throws JsonFault {
        int length = Utf8.length(text, position, end);
        if (length == 0) {
            throw new JsonFault("not valid UTF-8 at byte " + (position - start));
        }
        return position + length;
    }

    /** The end of the number or literal at {@code position}. */
    static int scalarEnd(byte[] text, int position, int end, int start) throws JsonFault {
        for (byte[] literal : LITERALS) {
            int stop = position + literal.length;
            if (stop <= end && java.util.Arrays.equals(text, position, stop, literal, 0, literal.length)) {
                return stop;
            }
        }
        return numberEnd(text, position, end, start);
    }

    private static int numberEnd(byte[] text, int position, int end, int start) throws JsonFault {
        int at = position;
        if (at < end && text[at] == '-') {
            at++;
        }
        if (at < end && text[at] == '0') {
            at++;
        } else {
            at = digitsEnd(text, at, end, start);
        }
        if (at < end && text[at] == '.') {
            at = digitsEnd(text, at + 1, end, start);
        }
        if (at < end && (text[at] == 'e' || text[at] == 'E')) {
            at++;
            boolean signed = at < end && (text[at] == '+' || text[at] == '-');
            at = digitsEnd(text, signed ? at + 1 : at, end, start);
        }
        return at;
    }

    private static int digitsEnd(byte[] text, int position, int end, int start) throws JsonFault {
        int at = position;
        while (at < end && text[at] >= '0' && text[at] <= '9') {
            at++;
        }
        if (at == position) {
            throw fault("a value", text, at, end, start);
        }
        return at;
    }

    static JsonFault fault(String wanted, byte[] text, int position, int end, int start) {
        String found = position >= end ? "the end" : printable(text[position]);
        return new JsonFault("expected " + wanted + " at byte " + (position - start) + ", found " + found);
    }

    private static String printable(byte b) {
        return b > ' ' && b < 127 ? "'" + (char) b + "'" : String.format("byte 0x%02X", b & 0xFF);
    }
}
