package offload.http.connection;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * Whom connections are counted for: an IPv4 address, or the first 64 bits of an IPv6 address, which is the least that one
 * site has (RFC 6177).
 *
 * @param four whether it is IPv4
 * @param bits the address or prefix
 */
record Source(boolean four, long bits) {
    static Source of(InetAddress address) {
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        return address instanceof Inet4Address ? new Source(true, bytes.getInt()) : new Source(false, bytes.getLong());
    }
}
