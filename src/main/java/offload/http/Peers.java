package offload.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import offload.address.Cidr;
import org.jspecify.annotations.Nullable;

/** Who is at the other end of a connection, and whether he may speak for somebody else. Any thread. */
final class Peers {
    /** What proxies add. */
    private static final List<String> TRACES =
            List.of("X-Forwarded-For", "Forwarded", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via");

    private final List<Cidr> trusted;

    Peers(List<Cidr> trusted) {
        this.trusted = trusted;
    }

    /** The first value of a forwarding header, if a trusted proxy says it. */
    Optional<String> forwarded(ServerRequest request, String header) {
        InetAddress address = address(request);
        if (address == null || trusted.stream().noneMatch(cidr -> cidr.contains(address))) {
            return Optional.empty();
        }
        return request.headers()
                .first(HeaderNames.create(header))
                .map(value -> value.split(",", 2)[0].strip())
                .filter(value -> !value.isEmpty());
    }

    /** Whether the request comes through a proxy that is trusted, for somebody else. */
    boolean isForwarded(ServerRequest request) {
        return forwarded(request, "X-Forwarded-For").isPresent();
    }

    /** Whether {@code address} may have many connections: this machine, and proxies, who speak for others. */
    boolean mayHaveMany(InetAddress address) {
        return address.isLoopbackAddress() || trusted.stream().anyMatch(cidr -> cidr.contains(address));
    }

    /** Whether the request comes from this machine itself, and not through a proxy on it. */
    boolean isLocal(ServerRequest request) {
        InetAddress address = address(request);
        boolean forwarded = TRACES.stream().anyMatch(name -> request.headers().contains(HeaderNames.create(name)));
        return address != null && address.isLoopbackAddress() && !forwarded;
    }

    private static @Nullable InetAddress address(ServerRequest request) {
        return request.remotePeer().address() instanceof InetSocketAddress socket ? socket.getAddress() : null;
    }
}
