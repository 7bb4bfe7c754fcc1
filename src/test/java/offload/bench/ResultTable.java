package offload.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The place of the results in the document: between two markers; everything around them is written by hand. */
final class ResultTable {
    private static final Path DOCUMENT = Path.of("src/docs/performance.md");
    private static final String BEGIN = "<!-- bench: begin -->\n";
    private static final String END = "<!-- bench: end -->\n";

    private final String before;
    private final String after;

    private ResultTable(String before, String after) {
        this.before = before;
        this.after = after;
    }

    /** The place in the document as it is now. */
    static ResultTable inDocument() throws IOException {
        return in(Files.readString(DOCUMENT));
    }

    static ResultTable in(String text) throws IOException {
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IOException(DOCUMENT + " has no " + BEGIN.strip() + " and " + END.strip() + " after it");
        }
        return new ResultTable(text.substring(0, begin + BEGIN.length()), text.substring(end));
    }

    /** The whole text with {@code lines} in the place of what is there. */
    String with(List<String> lines) {
        return before + String.join("\n", lines) + "\n" + after;
    }

    /** Writes the document with {@code lines}; what was written by hand in the meantime stays. */
    static void write(List<String> lines) throws IOException {
        Files.writeString(DOCUMENT, inDocument().with(lines));
        System.out.println("\nwritten into " + DOCUMENT);
    }
}
