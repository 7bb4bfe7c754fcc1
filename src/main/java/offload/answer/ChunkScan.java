package offload.answer;

import java.nio.charset.StandardCharsets;
import offload.json.JsonCursor;
import offload.json.JsonFault;

/**
 * A strict look at one {@code chat.completion.chunk}, in one pass and without garbage: is it JSON, and is it the plain
 * kind of chunk, one piece of text for one choice, that nearly all are. The span of that text is then known and nobody
 * needs to parse the chunk. What is odd in any way, such as a name that comes twice, is not plain. One thread at a time.
 */
final class ChunkScan {
    private static final byte[] CHOICES = ascii("choices");
    private static final byte[] DELTA = ascii("delta");
    private static final byte[] CONTENT = ascii("content");
    private static final byte[] ROLE = ascii("role");
    private static final byte[] ASSISTANT = ascii("\"assistant\"");
    private static final byte[] INDEX = ascii("index");
    private static final byte[] NULL = ascii("null");
    private static final byte[] LOGPROBS = ascii("logprobs");
    private static final byte[] FINISH_REASON = ascii("finish_reason");
    /** What plain chunks repeat: a chunk before it has told it already. */
    private static final byte[][] REPEATED = {
        ascii("id"),
        ascii("object"),
        ascii("created"),
        ascii("model"),
        ascii("system_fingerprint"),
        ascii("service_tier"),
        ascii("obfuscation")
    };

    private final JsonCursor cursor = new JsonCursor();
    private byte[] chunk = new byte[0];
    private boolean plain;
    private int choices;
    private int deltas;
    private int index;
    private int textStart;
    private int textEnd;

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Looks at {@code length} bytes; fails where they are no JSON object. */
    void scan(byte[] bytes, int offset, int length) throws JsonFault {
        chunk = bytes;
        plain = true;
        choices = 0;
        deltas = 0;
        textStart = -1;
        textEnd = -1;
        cursor.reset(bytes, offset, length);
        cursor.beginObject();
        while (cursor.nextName()) {
            member();
        }
        cursor.end();
        plain &= choices == 1 && deltas == 1 && textEnd > textStart;
    }

    /** Whether it is one piece of text for one choice and nothing else that was not said before. */
    boolean isPlain() {
        return plain;
    }

    /** The choice of a plain chunk. */
    int index() {
        return index;
    }

    /** Where the text of a plain chunk begins, escaped. */
    int textStart() {
        return textStart;
    }

    /** Where it ends. */
    int textEnd() {
        return textEnd;
    }

    private void member() throws JsonFault {
        if (cursor.spanIs(CHOICES)) {
            choices();
        } else {
            boolean repeated = isRepeated();
            cursor.value();
            plain &= repeated || cursor.spanIs(NULL);
        }
    }

    private boolean isRepeated() {
        for (byte[] name : REPEATED) {
            if (cursor.spanIs(name)) {
                return true;
            }
        }
        return false;
    }

    private void choices() throws JsonFault {
        plain &= choices == 0;
        if (cursor.peek() != '[') {
            cursor.value();
            plain = false;
            return;
        }
        cursor.beginArray();
        while (cursor.nextElement()) {
            if (++choices == 1 && cursor.peek() == '{') {
                choice();
            } else {
                cursor.value();
                plain = false;
            }
        }
    }

    private void choice() throws JsonFault {
        index = 0;
        cursor.beginObject();
        while (cursor.nextName()) {
            if (cursor.spanIs(DELTA) && cursor.peek() == '{') {
                deltas++;
                delta();
            } else if (cursor.spanIs(INDEX)) {
                cursor.value();
                setIndex(cursor.valueStart(), cursor.valueEnd());
            } else {
                boolean known = cursor.spanIs(LOGPROBS) || cursor.spanIs(FINISH_REASON);
                cursor.value();
                plain &= known && cursor.spanIs(NULL);
            }
        }
    }

    private void setIndex(int start, int end) {
        boolean digit = end - start == 1 && chunk[start] >= '0' && chunk[start] <= '9';
        plain &= digit;
        index = digit ? chunk[start] - '0' : 0;
    }

    private void delta() throws JsonFault {
        cursor.beginObject();
        while (cursor.nextName()) {
            boolean content = cursor.spanIs(CONTENT);
            plain &= !content || textStart < 0;
            if (content && cursor.peek() == '"') {
                cursor.string();
                textStart = cursor.valueStart();
                textEnd = cursor.valueEnd();
            } else {
                boolean role = cursor.spanIs(ROLE);
                cursor.value();
                plain &= cursor.spanIs(NULL) || role && cursor.spanIs(ASSISTANT);
            }
        }
    }
}
