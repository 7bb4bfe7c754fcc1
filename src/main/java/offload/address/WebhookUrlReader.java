package offload.address;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes a webhook URL apart, after RFC 3986 and stricter than it: whatever two parsers might read differently
 * (backslashes, blanks, control characters, a second {@code @}, stray percent signs) is refused, not repaired. Characters
 * outside ASCII in path and query become percent-encoded UTF-8, as browsers do it.
 */
final class WebhookUrlReader {
    private static final int MAX_LENGTH = 2048;
    private static final Pattern SHAPE =
            Pattern.compile("(?<scheme>[^:/?#]*)://(?<authority>[^/?#]*)(?<path>[^?#]*)(?<query>\\?[^#]*)?(?:#.*)?");
    private static final Pattern HOST_PORT = Pattern.compile("(?<host>\\[[^\\]]*\\]|[^:\\[\\]]*)(?::(?<port>[0-9]*))?");
    private static final Pattern FORBIDDEN = Pattern.compile("[\\p{Cc}\\p{Z}\\\\]");
    private static final Pattern STRAY_PERCENT = Pattern.compile("%(?![0-9a-fA-F]{2})");
    private static final String ENCODED = "\"<>[]^`{|}";

    private WebhookUrlReader() {}

    static WebhookUrl read(String text) throws BadWebhookUrl {
        Matcher parts = SHAPE.matcher(text);
        check(text.length() <= MAX_LENGTH, "is longer than " + MAX_LENGTH + " characters; use a shorter one.");
        check(!FORBIDDEN.matcher(text).find(), "holds a blank, a control character or a backslash; percent-encode it.");
        check(parts.matches(), "is no absolute URL; write it like https://hooks.example.com/path.");
        check(
                !STRAY_PERCENT.matcher(text).find(),
                "holds a % without two hexadecimal digits after it; write it as %25.");
        String scheme = parts.group("scheme").toLowerCase(Locale.ROOT);
        check(scheme.equals("https") || scheme.equals("http"), "must begin with http:// or https://.");

        String authority = parts.group("authority");
        int at = authority.indexOf('@');
        String hostPort = authority.substring(at + 1);
        check(hostPort.indexOf('@') < 0, "has more than one @ before its path; write one in a password as %40.");
        Matcher hostAndPort = HOST_PORT.matcher(hostPort);
        check(hostAndPort.matches(), "has no valid host and port; write it like https://hooks.example.com:8443/path.");
        int port = port(hostAndPort.group("port"), scheme);
        WebhookHost host = WebhookHost.parse(hostAndPort.group("host"));
        WebhookUrl.Endpoint endpoint = new WebhookUrl.Endpoint(scheme, host.name(), port);

        String path = parts.group("path");
        String query = parts.group("query");
        String shown = parts.group("scheme") + "://" + hostPort + path;
        String target = encoded((path.isEmpty() ? "/" : path) + (query == null ? "" : query));
        return new WebhookUrl(text, shown, host, endpoint, target, at < 0 ? null : decoded(authority.substring(0, at)));
    }

    private static int port(@Nullable String digits, String scheme) throws BadWebhookUrl {
        if (digits == null || digits.isEmpty()) {
            return scheme.equals("https") ? 443 : 80;
        }
        int port = digits.length() > 5 ? 0 : Integer.parseInt(digits);
        check(port >= 1 && port <= 65535, "has a port that is not between 1 and 65535.");
        return port;
    }

    private static String decoded(String userInfo) throws BadWebhookUrl {
        int colon = userInfo.indexOf(':');
        String user = unescaped(colon < 0 ? userInfo : userInfo.substring(0, colon));
        String password = colon < 0 ? "" : unescaped(userInfo.substring(colon + 1));
        check(user.indexOf(':') < 0, "has a colon in its user name, which Basic authentication cannot carry.");
        return user + ":" + password;
    }

    private static String unescaped(String text) throws BadWebhookUrl {
        ByteBuffer bytes = ByteBuffer.allocate(text.length() * 4);
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '%') {
                bytes.put((byte) HexFormat.fromHexDigits(text, i + 1, i + 3));
                i += 2;
            } else {
                int end = text.offsetByCodePoints(i, 1);
                bytes.put(text.substring(i, end).getBytes(StandardCharsets.UTF_8));
                i = end - 1;
            }
        }
        try {
            String plain =
                    StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
            check(plain.chars().noneMatch(Character::isISOControl), "has a control character in its user info.");
            return plain;
        } catch (CharacterCodingException e) {
            throw new BadWebhookUrl("`webhook_url` has user info that is not UTF-8.");
        }
    }

    private static String encoded(String target) {
        StringBuilder out = new StringBuilder(target.length());
        target.codePoints().forEach(point -> {
            if (point < 0x80
                    && (ENCODED.indexOf(point) < 0 || out.indexOf("?") >= 0 && (point == '[' || point == ']'))) {
                out.appendCodePoint(point);
                return;
            }
            for (byte b : Character.toString(point).getBytes(StandardCharsets.UTF_8)) {
                out.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        });
        return out.toString();
    }

    private static void check(boolean good, String otherwise) throws BadWebhookUrl {
        if (!good) {
            throw new BadWebhookUrl("`webhook_url` " + otherwise);
        }
    }
}
