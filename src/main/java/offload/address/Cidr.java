package offload.address;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A block of IP addresses, such as {@code 10.0.0.0/8} or {@code fd00::/8} (RFC 4632, RFC 4291 section 2.3).
 *
 * @param network an address inside the block; bits after the first {@code bits} do not matter
 * @param bits the length of the prefix, from 0 to 32 or 128
 */
public record Cidr(InetAddress network, int bits) {
    /** The JDK takes fewer numbers, too, and means by 192.168 the address 192.0.0.168: a block of strangers. */
    private static final Pattern FOUR_NUMBERS = Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");

    /**
     * Reads a block, or a single address as a block of one.
     *
     * @throws IllegalArgumentException with what is allowed, if {@code text} is neither
     */
    public static Cidr parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        boolean plain = address.contains(":") || FOUR_NUMBERS.matcher(address).matches();
        try {
            InetAddress network = InetAddress.ofLiteral(address);
            int width = network.getAddress().length * 8;
            int bits = slash < 0 ? width : Integer.parseInt(text.substring(slash + 1));
            if (plain && bits >= 0 && bits <= width) {
                return new Cidr(network, bits);
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(wrong(text), e);
        }
        throw new IllegalArgumentException(wrong(text));
    }

    /**
     * Reads a list of blocks separated by commas or spaces; an empty text is an empty list.
     *
     * @throws IllegalArgumentException as {@link #parse(String)}
     */
    public static List<Cidr> list(String text) {
        return Arrays.stream(text.split("[,\\s]+"))
                .filter(part -> !part.isEmpty())
                .map(Cidr::parse)
                .toList();
    }

    /** Whether {@code address} is of this block's family and inside it. */
    public boolean contains(InetAddress address) {
        byte[] mine = network.getAddress();
        byte[] other = address.getAddress();
        if (mine.length != other.length) {
            return false;
        }
        int whole = bits / 8;
        int mask = 0xff00 >> bits % 8 & 0xff;
        return Arrays.equals(mine, 0, whole, other, 0, whole)
                && (mask == 0 || (mine[whole] & mask) == (other[whole] & mask));
    }

    private static String wrong(String text) {
        return "'" + text + "' is no block of addresses; write one like 10.0.0.0/8, fd00::/8 or 192.168.1.7";
    }
}
