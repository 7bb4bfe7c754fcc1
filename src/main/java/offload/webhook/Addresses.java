package offload.webhook;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** IP addresses from bytes and from this machine. */
final class Addresses {

    private Addresses() {}

    /** The address of 4 or 16 bytes. */
    static InetAddress of(byte[] bytes) {
        return named(null, bytes);
    }

    /** The same address under another name, so that nobody asks a resolver for it again. */
    static InetAddress named(@Nullable String name, byte[] bytes) {
        try {
            return InetAddress.getByAddress(name, bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("an address has 4 or 16 bytes", e);
        }
    }

    /** What this machine's interfaces are called by others, without zones. */
    static Set<InetAddress> ofThisMachine() throws SocketException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .map(address -> of(address.getAddress()))
                .collect(Collectors.toSet());
    }
}
