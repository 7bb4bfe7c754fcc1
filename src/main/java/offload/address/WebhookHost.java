package offload.address;

import java.net.IDN;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The host of a webhook URL in its one canonical form, so that what was checked is what is called. International names
 * are in their ASCII form (RFC 5891's A-labels), all is in lower case, and a trailing dot is gone. IPv4 addresses are
 * taken as four plain decimal numbers only: the other forms that system resolvers know (octal, hexadecimal, short, one
 * number) serve to get past checks and for nothing else.
 *
 * @param name the host as it stands in the Host header, IPv6 addresses in brackets
 * @param literal the address, if the host is one
 */
record WebhookHost(String name, @Nullable InetAddress literal) {
    private static final Pattern NUMERIC_END = Pattern.compile("(?:.*\\.)?(?:[0-9]+|0[xX][0-9a-fA-F]*)");
    private static final Pattern OCTETS =
            Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.(?!$)|$)){4}");
    private static final String LABEL = "[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?";
    private static final Pattern NAME = Pattern.compile("(?=.{1,253}$)" + LABEL + "(?:\\." + LABEL + ")*");
    private static final Pattern READ_TWO_WAYS = Pattern.compile("[\u00df\u03c2\u200c\u200d]");

    /** Reads what stands between user info and port; brackets are in pairs. */
    static WebhookHost parse(String text) throws BadWebhookUrl {
        if (text.startsWith("[")) {
            return ipv6(text);
        }
        String host = ascii(text);
        if (host.endsWith(".")) {
            host = host.substring(0, host.length() - 1);
        }
        if (NUMERIC_END.matcher(host).matches()) {
            return ipv4(host);
        }
        if (!NAME.matcher(host).matches()) {
            throw new BadWebhookUrl("`webhook_url` has no valid host; write it like https://hooks.example.com/path.");
        }
        return new WebhookHost(host, null);
    }

    /** Whether the name means this machine whatever a resolver says (RFC 6761 section 6.3). */
    boolean isLocalhost() {
        return name.equals("localhost") || name.endsWith(".localhost");
    }

    private static String ascii(String text) throws BadWebhookUrl {
        if (READ_TWO_WAYS.matcher(text).find()) {
            throw new BadWebhookUrl("`webhook_url` has a host that IDNA 2003 and 2008 read differently;"
                    + " write it in its ASCII form, which begins with xn--.");
        }
        try {
            String ascii = text.chars().allMatch(c -> c < 128) ? text : IDN.toASCII(text);
            return ascii.toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            throw new BadWebhookUrl("`webhook_url` has a host that is no valid international name.");
        }
    }

    private static WebhookHost ipv4(String host) throws BadWebhookUrl {
        if (!OCTETS.matcher(host).matches()) {
            throw new BadWebhookUrl("`webhook_url` has an IPv4 address in a form that is not taken;"
                    + " write four decimal numbers without leading zeros, or a name.");
        }
        return new WebhookHost(host, Inet4Address.ofLiteral(host));
    }

    private static WebhookHost ipv6(String text) throws BadWebhookUrl {
        if (text.contains("%")) {
            throw new BadWebhookUrl(
                    "`webhook_url` has an IPv6 address with a zone; zones mean nothing outside one machine.");
        }
        try {
            InetAddress address = InetAddress.ofLiteral(text.substring(1, text.length() - 1));
            if (address instanceof Inet4Address) {
                throw new BadWebhookUrl(
                        "`webhook_url` has an IPv4 address inside an IPv6 one; write the IPv4 address itself.");
            }
            return new WebhookHost("[" + address.getHostAddress() + "]", address);
        } catch (IllegalArgumentException e) {
            throw new BadWebhookUrl("`webhook_url` has no valid IPv6 address between its brackets.");
        }
    }
}
