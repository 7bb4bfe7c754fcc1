package offload.testing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The head of an HTTP message as it was on the wire.
 *
 * @param startLine the request line or the status line
 * @param fields the header fields in order, names as sent
 * @param bytes every byte of the head, the blank line included
 */
public record HttpHead(String startLine, List<Map.Entry<String, String>> fields, byte[] bytes) {

    static HttpHead parse(byte[] bytes) {
        String[] lines = new String(bytes, StandardCharsets.ISO_8859_1).split("\r?\n");
        List<Map.Entry<String, String>> fields = new ArrayList<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon < 0) {
                throw new AssertionError("no header field: " + lines[i]);
            }
            fields.add(Map.entry(
                    lines[i].substring(0, colon), lines[i].substring(colon + 1).strip()));
        }
        return new HttpHead(lines.length == 0 ? "" : lines[0], List.copyOf(fields), bytes);
    }

    /** The first value of the field, whatever the case of its name; null without one. */
    public @Nullable String header(String name) {
        List<String> all = headers(name);
        return all.isEmpty() ? null : all.getFirst();
    }

    /** All values of the field in order. */
    public List<String> headers(String name) {
        return fields.stream()
                .filter(field -> field.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** The status code, of a response's head. */
    public int status() {
        return Integer.parseInt(startLine.split(" ")[1]);
    }
}
