package offload.http;

import java.util.List;
import offload.address.Cidr;
import offload.address.HostInUrl;
import offload.http.connection.GuardSettings;
import org.jspecify.annotations.Nullable;

/**
 * What the operator says of the front door.
 *
 * @param host the address to bind
 * @param port the port; 0 takes a free one
 * @param publicUrl the base of all URLs; null takes each request's own
 * @param shard the first segment of turns' paths
 * @param origins who may call from pages: {@code *}, or origins
 * @param trustedProxies whose {@code X-Forwarded-*} count
 * @param accelRedirect the path below which a proxy sends finished files itself; empty for none
 * @param bodyLimit the most bytes that a submission may have
 * @param guard what connections may take
 * @param submissionsNeedNoKey whether anybody who can reach the server can spend the operator's tokens
 */
public record HttpSettings(
        String host,
        int port,
        @Nullable PublicUrl publicUrl,
        String shard,
        List<String> origins,
        List<Cidr> trustedProxies,
        String accelRedirect,
        int bodyLimit,
        GuardSettings guard,
        boolean submissionsNeedNoKey) {

    /** The address to bind, as URLs and {@code Host} name it. */
    String hostInUrl() {
        return HostInUrl.of(host);
    }

    /** These, with what of {@code changed} may change while the server listens. */
    HttpSettings adjusted(HttpSettings changed) {
        return new HttpSettings(
                host,
                port,
                publicUrl,
                shard,
                changed.origins,
                trustedProxies,
                accelRedirect,
                changed.bodyLimit,
                guard,
                changed.submissionsNeedNoKey);
    }
}
