package offload.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import offload.sse.SseDecoder;
import offload.sse.SseLimitException;

/** An event stream decodes to the same events whole and in pieces of any size; data is UTF-8 without line ends. */
public final class SseTarget {
    private SseTarget() {}

    public static void fuzzerTestOneInput(byte[] input) {
        List<String> whole = decode(input, Math.max(1, input.length));
        for (int piece : new int[] {1, 2, 3, 7}) {
            if (!whole.equals(decode(input, piece))) {
                throw new AssertionError("pieces of " + piece + " bytes decode to something else");
            }
        }
    }

    private static List<String> decode(byte[] input, int piece) {
        List<String> events = new ArrayList<>();
        SseDecoder decoder = new SseDecoder((type, buffer, offset, length) -> {
            String data = new String(buffer, offset, length, StandardCharsets.UTF_8);
            if (data.indexOf('\n') >= 0 || data.indexOf('\r') >= 0) {
                throw new AssertionError("a line end in the data of an event");
            }
            return events.add(type + '\n' + data);
        });
        try {
            for (int at = 0; at < input.length; at += piece) {
                decoder.feed(input, at, Math.min(piece, input.length - at));
            }
        } catch (SseLimitException e) {
            events.add("too long");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return events;
    }
}
