package offload.upstream.openai;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import offload.upstream.ResponseHead;
import offload.upstream.openai.body.EndOfCall;
import org.jspecify.annotations.Nullable;

/**
 * Reads the head of a response (RFC 9112, 4 and 5) and skips the interim ones before it. Where real servers differ from the text
 * it takes what is meant: LF alone, blank lines before the status line, folded fields, blanks before the colon, lines without
 * one. One thread.
 */
final class HeadReader {
    private static final int LIMIT = 64 * 1024;
    private static final Pattern STATUS_LINE = Pattern.compile("(HTTP/1\\.[0-9]) ([0-9]{3})(?: .*)?");
    private static final byte[] START = "HTTP/1.".getBytes(StandardCharsets.US_ASCII);
    private static final String NO_HTTP = "The upstream does not answer in HTTP/1.1: check upstream.url.";
    private static final int SWITCHING_PROTOCOLS = 101;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    private int taken;
    private int lineLength;
    private int started;
    private @Nullable ResponseHead head;

    /** Takes bytes up to the end of the head; returns the index after what was used. */
    int take(byte[] buffer, int from, int to) throws EndOfCall {
        int at = from;
        while (at < to && head == null) {
            byte b = buffer[at++];
            if (++taken > LIMIT) {
                throw EndOfCall.invalid("The head of the upstream's answer is longer than 64 KiB.");
            }
            requireHttp(b);
            bytes.write(b);
            if (b == '\n') {
                endLine();
            } else if (b != '\r') {
                lineLength++;
            }
        }
        return at;
    }

    private void endLine() throws EndOfCall {
        boolean blank = lineLength == 0;
        lineLength = 0;
        if (!blank) {
            return;
        }
        String text = bytes.toString(StandardCharsets.ISO_8859_1).strip();
        bytes.reset();
        if (!text.isEmpty()) {
            ResponseHead parsed = parse(text.split("\r?\n"));
            head = parsed.status() >= 200 ? parsed : null;
        }
    }

    /**
     * At the first byte that is no HTTP/1: what speaks another protocol may wait for us for ever, or close after a line that never
     * ends, as with the frames of HTTP/2.
     */
    private void requireHttp(byte b) throws EndOfCall {
        boolean isBefore = started == 0 && (b == '\n' || b == '\r' || b == ' ' || b == '\t');
        if (started < START.length && !isBefore && b != START[started++]) {
            throw EndOfCall.invalid(NO_HTTP);
        }
    }

    /** The head of the final response, when it is whole. */
    @Nullable
    ResponseHead head() {
        return head;
    }

    private static ResponseHead parse(String[] lines) throws EndOfCall {
        Matcher start = STATUS_LINE.matcher(lines[0].stripTrailing());
        if (!start.matches()) {
            throw EndOfCall.invalid(NO_HTTP);
        }
        int status = Integer.parseInt(start.group(2));
        if (status < 100 || status == SWITCHING_PROTOCOLS) {
            throw EndOfCall.invalid("The upstream answered with a status that makes no sense here.");
        }
        return new ResponseHead(status, start.group(1), fields(unfolded(lines)));
    }

    private static List<String> unfolded(String[] lines) {
        List<String> whole = new ArrayList<>();
        for (int i = 1; i < lines.length; i++) {
            boolean folded = lines[i].startsWith(" ") || lines[i].startsWith("\t");
            if (folded && !whole.isEmpty()) {
                whole.addLast(whole.removeLast() + " " + lines[i].strip());
            } else {
                whole.add(lines[i]);
            }
        }
        return whole;
    }

    private static Map<String, String> fields(List<String> lines) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String line : lines) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                String name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
                fields.merge(name, line.substring(colon + 1).strip(), (first, second) -> first + ", " + second);
            }
        }
        return fields;
    }
}
