package offload.turn;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

    private static final Pattern CHOSEN_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0," + (MAX_NAME - 1) + "}");
    private static final Pattern RELATIVE = Pattern.compile(
            "(pub|priv)/(\\d{4})/(\\d\\d)/(\\d\\d)/(\\d\\d)/(\\d\\d)/(\\d\\d)/([A-Za-z0-9][A-Za-z0-9_-]{0,"
                    + (MAX_NAME + 7) + "})");
    private static final Pattern MARKER = Pattern.compile(
            "(pub|priv)-(\\d{4})-(\\d\\d)-(\\d\\d)-(\\d\\d)-(\\d\\d)-(\\d\\d)-([A-Za-z0-9][A-Za-z0-9_-]{0,"
                    + (MAX_NAME + 7) + "})");

    /** Whether a conversation id can name files. */
    public static boolean canName(String conversationId) {
        return CHOSEN_NAME.matcher(conversationId).matches();
    }

    /** Reads {@code pub/2023/06/01/11/07/06/name}; empty where it is anything else. */
    public static Optional<TurnPath> parse(String relative) {
        return of(RELATIVE.matcher(relative));
    }

    /** Reads what {@link #marker()} gave; empty where it is anything else. */
    public static Optional<TurnPath> parseMarker(String marker) {
        return of(MARKER.matcher(marker));
    }

    private static Optional<TurnPath> of(Matcher parts) {
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            LocalDateTime time = LocalDateTime.of(
                    Integer.parseInt(parts.group(2)),
                    Integer.parseInt(parts.group(3)),
                    Integer.parseInt(parts.group(4)),
                    Integer.parseInt(parts.group(5)),
                    Integer.parseInt(parts.group(6)),
                    Integer.parseInt(parts.group(7)));
            if (time.getYear() < 1970) {
                return Optional.empty();
            }
            Access access = parts.group(1).equals("pub") ? Access.PUBLIC : Access.PRIVATE;
            return Optional.of(new TurnPath(access, time.toEpochSecond(ZoneOffset.UTC), parts.group(8)));
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
