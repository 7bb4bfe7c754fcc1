package offload.address;

/** A host as URLs and {@code Host} name it: an address of IPv6 in brackets (RFC 3986 section 3.2.2). Stateless. */
public final class HostInUrl {
    private HostInUrl() {}

    /** {@code host}, a name or an address without brackets. */
    public static String of(String host) {
        return host.contains(":") ? '[' + host + ']' : host;
    }
}
