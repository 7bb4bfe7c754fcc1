package offload.logs;

import java.util.Map;

/** Fields as one line. Stateless. */
final class Lines {
    private Lines() {}

    /** A JSON object and a line feed; numbers stay numbers. */
    static String json(Map<String, Object> fields) {
        StringBuilder line = new StringBuilder(256).append('{');
        fields.forEach((name, value) -> {
            line.append(line.length() > 1 ? "," : "");
            quote(line, name);
            line.append(':');
            if (value instanceof Number) {
                line.append(value);
            } else {
                quote(line, value.toString());
            }
        });
        return line.append("}\n").toString();
    }

    private static void quote(StringBuilder line, String text) {
        line.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> line.append("\\\"");
                case '\\' -> line.append("\\\\");
                case '\n' -> line.append("\\n");
                case '\t' -> line.append("\\t");
                default -> append(line, c);
            }
        }
        line.append('"');
    }

    private static void append(StringBuilder line, char c) {
        if (Character.isISOControl(c) || c == 0x2028 || c == 0x2029 || Character.isSurrogate(c)) {
            line.append(String.format("\\u%04x", (int) c));
        } else {
            line.append(c);
        }
    }

    /** The text without anything that a terminal or a journal could take for more than text. */
    static String oneLine(String text) {
        return text.strip().replaceAll("\\R\\s*", " | ").replaceAll("\\p{Cc}", "?");
    }
}
