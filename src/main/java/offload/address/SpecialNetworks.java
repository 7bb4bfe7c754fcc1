package offload.address;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which addresses are not public, and what they are called. After the IANA special-purpose address registries for IPv4
 * and IPv6 (RFC 6890 and its successors), with the addresses on which clouds serve metadata. Of IPv6 only the block for
 * global unicast, {@code 2000::/3}, can be public at all.
 */
final class SpecialNetworks {
    private static final Map<Cidr, String> NAMES = new LinkedHashMap<>();
    private static final Cidr GLOBAL_UNICAST = Cidr.parse("2000::/3");

    static {
        put("a metadata address", "169.254.169.254", "168.63.129.16", "100.100.100.200", "fd00:ec2::254");
        put("an unspecified address", "0.0.0.0/8", "::");
        put("a loopback address", "127.0.0.0/8", "::1");
        put("a private address", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", "fec0::/10");
        put("a link-local address", "169.254.0.0/16", "fe80::/10");
        put("a carrier-grade NAT address", "100.64.0.0/10");
        put("a multicast address", "224.0.0.0/4", "ff00::/8");
        put(
                "a documentation address",
                "192.0.2.0/24",
                "198.51.100.0/24",
                "203.0.113.0/24",
                "2001:db8::/32",
                "3fff::/20");
        put("a benchmarking address", "198.18.0.0/15", "2001:2::/48");
        put("a translated address", "::/96", "64:ff9b::/96", "64:ff9b:1::/48", "2001::/32", "2002::/16");
        put(
                "a reserved address",
                "192.0.0.0/24",
                "192.88.99.0/24",
                "240.0.0.0/4",
                "100::/64",
                "2001::/23",
                "5f00::/16");
    }

    private SpecialNetworks() {}

    /** What {@code address} is, as in "a private address", or null if it is public. */
    static @Nullable String nameOf(InetAddress address) {
        for (Map.Entry<Cidr, String> network : NAMES.entrySet()) {
            if (network.getKey().contains(address)) {
                return network.getValue();
            }
        }
        boolean mayBePublic = address instanceof Inet4Address || GLOBAL_UNICAST.contains(address);
        return mayBePublic ? null : "a reserved address";
    }

    /**
     * The IPv4 address to which a translator would pass packets for {@code address}: NAT64 (RFC 6052), 6to4 (RFC 3056),
     * Teredo (RFC 4380) or IPv4-compatible (RFC 4291); null if it is none of these.
     */
    static @Nullable InetAddress embeddedIn(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length == 4) {
            return null;
        }
        if (Cidr.parse("2002::/16").contains(address)) {
            return ipv4(bytes, 2, 0);
        }
        if (Cidr.parse("2001::/32").contains(address)) {
            return ipv4(bytes, 12, 0xff);
        }
        boolean compatible =
                Cidr.parse("::/96").contains(address) && !Cidr.parse("::/127").contains(address);
        return compatible || Cidr.parse("64:ff9b::/32").contains(address) ? ipv4(bytes, 12, 0) : null;
    }

    private static InetAddress ipv4(byte[] bytes, int from, int flip) {
        byte[] four = Arrays.copyOfRange(bytes, from, from + 4);
        for (int i = 0; i < four.length; i++) {
            four[i] ^= (byte) flip;
        }
        return Addresses.of(four);
    }

    private static void put(String name, String... blocks) {
        for (String block : blocks) {
            NAMES.put(Cidr.parse(block), name);
        }
    }
}
