package offload.turn;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * Where a turn lives: the one mapping between URL paths, file paths and markers. Nothing that it parses can leave the
 * data folder; everything that is not exactly a turn's path is refused.
 *
 * @param access the first folder
 * @param second the UTC second of its creation, Unix seconds: the six folders {@code yyyy/MM/dd/HH/mm/ss}
 * @param name the files' name without ending: letters, digits, {@code _} and {@code -}, at most {@value #MAX_NAME} + 8
 *     characters (a name of its own and a number behind it), beginning with a letter or digit
 */
public record TurnPath(Access access, long second, String name) {
    /** The longest name that a conversation id may give. */
    public static final int MAX_NAME = 128;

    private static final int LONGEST_NAME = MAX_NAME + 8;
    /** Where the six numbers of {@code yyyy/MM/dd/HH/mm/ss} begin, and where the name does. */
    private static final int[] NUMBERS = {0, 5, 8, 11, 14, 17};

    private static final int NAME = 20;
    /** The longest {@link #marker()}. */
    public static final int LONGEST_MARKER = "priv-".length() + NAME + LONGEST_NAME;

    /** Whether a conversation id can name files. */
    public static boolean canName(String conversationId) {
        return !conversationId.isEmpty() && conversationId.length() <= MAX_NAME && isName(conversationId);
    }

    /** Reads {@code pub/2023/06/01/11/07/06/name}; empty where it is anything else. */
    public static Optional<TurnPath> parse(String relative) {
        return parse(relative, '/');
    }

    /** Reads what {@link #marker()} gave; empty where it is anything else. */
    public static Optional<TurnPath> parseMarker(String marker) {
        return parse(marker, '-');
    }

    private static Optional<TurnPath> parse(String text, char separator) {
        for (Access access : Access.values()) {
            String folder = access.folder();
            if (text.startsWith(folder) && text.indexOf(separator) == folder.length()) {
                return parse(access, text, folder.length() + 1, separator);
            }
        }
        return Optional.empty();
    }

    private static Optional<TurnPath> parse(Access access, String text, int start, char separator) {
        if (text.length() <= start + NAME || text.length() > start + NAME + LONGEST_NAME) {
            return Optional.empty();
        }
        int[] numbers = new int[NUMBERS.length];
        for (int i = 0; i < NUMBERS.length; i++) {
            int from = start + NUMBERS[i];
            int to = start + (i + 1 < NUMBERS.length ? NUMBERS[i + 1] : NAME) - 1;
            numbers[i] = text.charAt(to) == separator ? number(text, from, to) : -1;
            if (numbers[i] < 0) {
                return Optional.empty();
            }
        }
        String name = text.substring(start + NAME);
        return isName(name) ? at(access, numbers, name) : Optional.empty();
    }

    /** The number whose digits are between {@code from} and {@code to}; -1 where something else is. */
    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    private static boolean isName(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letterOrDigit = c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z';
            if (!letterOrDigit && (i == 0 || c != '-' && c != '_')) {
                return false;
            }
        }
        return true;
    }

    private static Optional<TurnPath> at(Access access, int[] numbers, String name) {
        try {
            LocalDateTime time =
                    LocalDateTime.of(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5]);
            return time.getYear() < 1970
                    ? Optional.empty()
                    : Optional.of(new TurnPath(access, time.toEpochSecond(ZoneOffset.UTC), name));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The folder of its second: {@code pub/2023/06/01/11/07/06}. */
    public String folder() {
        LocalDateTime time = LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC);
        StringBuilder out =
                new StringBuilder(48).append(access.folder()).append('/').append(time.getYear());
        two(out, time.getMonthValue());
        two(out, time.getDayOfMonth());
        two(out, time.getHour());
        two(out, time.getMinute());
        two(out, time.getSecond());
        return out.toString();
    }

    private static void two(StringBuilder out, int number) {
        out.append('/').append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }

    /** {@link #folder()} and the name: what URLs, files and tokens are made of. */
    public String relative() {
        return folder() + '/' + name;
    }

    /** One file name that stands for the whole path, for markers and outboxes. */
    public String marker() {
        return relative().replace('/', '-');
    }

    /** The same place under another name: {@code name-2}, {@code name-3} and so on. */
    public TurnPath numbered(int number) {
        return new TurnPath(access, second, name + '-' + number);
    }

    /** When the turn was created. */
    public Instant createdAt() {
        return Instant.ofEpochSecond(second);
    }
}
