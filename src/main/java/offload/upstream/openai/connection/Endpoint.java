package offload.upstream.openai.connection;

import java.util.Locale;

/**
 * Whom to connect to.
 *
 * @param tls whether TLS is spoken
 * @param host lower-case name or IP literal, IPv6 without brackets
 * @param port 1 to 65535
 */
public record Endpoint(boolean tls, String host, int port) {
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    /** From a URL's scheme and authority; user info is left out. An {@link IllegalArgumentException} for anything else. */
    public static Endpoint of(String scheme, String authority) {
        boolean tls = scheme.equals("https");
        if (!tls && !scheme.equals("http")) {
            throw new IllegalArgumentException("is neither http nor https");
        }
        String hostPort = authority.substring(authority.lastIndexOf('@') + 1);
        int colon = hostPort.indexOf(':', hostPort.indexOf(']') + 1);
        String host = colon < 0 ? hostPort : hostPort.substring(0, colon);
        String port = colon < 0 ? "" : hostPort.substring(colon + 1);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        if (host.isEmpty()) {
            throw new IllegalArgumentException("names no host");
        }
        return new Endpoint(tls, host.toLowerCase(Locale.ROOT), port.isEmpty() ? tls ? HTTPS : HTTP : number(port));
    }

    private static int number(String port) {
        int number = port.matches("[0-9]{1,5}") ? Integer.parseInt(port) : 0;
        if (number < 1 || number > 65_535) {
            throw new IllegalArgumentException("has no good port");
        }
        return number;
    }

    /** The Host field: the port only where it is not the scheme's own (RFC 9110, 7.2). */
    public String hostField() {
        return port == (tls ? HTTPS : HTTP) ? bracketed() : toString();
    }

    private String bracketed() {
        return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    }

    /** {@code host:port}. */
    @Override
    public String toString() {
        return bracketed() + ":" + port;
    }
}
