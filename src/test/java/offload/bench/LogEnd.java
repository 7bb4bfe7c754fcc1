package offload.bench;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The last records of an event log.
 *
 * @param text them
 * @param ids theirs, as far as they are whole
 */
record LogEnd(String text, List<Long> ids) {
    private static final int LENGTH = 1000;
    private static final Pattern ID = Pattern.compile("\nid: (\\d+)\n\n");

    static LogEnd of(Path log) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            byte[] end = new byte[(int) Math.min(file.length(), LENGTH)];
            file.seek(file.length() - end.length);
            file.readFully(end);
            String text = new String(end, StandardCharsets.US_ASCII);
            return new LogEnd(
                    text,
                    ID.matcher(text)
                            .results()
                            .map(id -> Long.valueOf(id.group(1)))
                            .toList());
        }
    }

    /** The cursor of a reader who lacks the last record alone. */
    long cursorBeforeLast() {
        return ids.get(ids.size() - 2);
    }
}
