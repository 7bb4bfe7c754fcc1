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
    private static final byte[] ZERO = ascii("0");
    private static final byte[] EMPTY = ascii("\"\"");
    /** What a whole answer does not tell. */
    private static final byte[][] PASSING = {ascii("object"), ascii("obfuscation")};
    /** What plain chunks repeat. */
    private static final byte[][] REPEATED = {
        ascii("id"), ascii("created"), ascii("model"), ascii("system_fingerprint"), ascii("service_tier")
    };

    private final JsonCursor cursor = new JsonCursor();
    private byte[] chunk = new byte[0];
    private boolean plain;
    /** Those of {@link #REPEATED} that say something, one bit for each. */
    private int repeated;

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
        repeated = 0;
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

    /** Whether it is one piece of text for one choice, and repeats nothing but what is in {@code known}. */
    boolean isPlain(int known) {
        return plain && (repeated & ~known) == 0;
    }

    /** What it says of what plain chunks repeat, each with a bit of its own. */
    int repeated() {
        return repeated;
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
            int place = placeAmong(REPEATED);
            boolean known = place >= 0 || placeAmong(PASSING) >= 0;
            cursor.value();
            plain &= known || cursor.spanIs(NULL);
            if (place >= 0 && !isNothing()) {
                repeated |= 1 << place;
            }
        }
    }

    private int placeAmong(byte[][] names) {
        for (int i = 0; i < names.length; i++) {
            if (cursor.spanIs(names[i])) {
                return i;
            }
        }
        return -1;
    }

    /** Some upstreams have an empty name, or a time of 0, in every chunk, or until they know better. */
    private boolean isNothing() {
        return cursor.spanIs(NULL) || cursor.spanIs(EMPTY) || cursor.spanIs(ZERO);
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
