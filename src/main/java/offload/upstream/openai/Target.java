package offload.upstream.openai;

import java.net.URI;
import java.util.Locale;
import offload.upstream.openai.connection.Endpoint;

/**
 * Where a call goes.
 *
 * @param endpoint whom to connect to
 * @param path path and query of the request line
 */
record Target(Endpoint endpoint, String path) {
    private static final String CALL = "/chat/completions";

    /**
     * From a base URL. Its path may end in a slash; its query (Azure's {@code ?api-version=...}) goes along. An
     * {@link IllegalArgumentException} says, as the rest of a sentence, what is wrong with it.
     */
    static Target of(URI base) {
        String scheme = base.getScheme() == null ? "" : base.getScheme().toLowerCase(Locale.ROOT);
        // The authority by hand: java.net.URI finds no host in names with an underscore, which containers like to have.
        String authority = base.getRawAuthority() == null ? "" : base.getRawAuthority();
        URI ascii = URI.create(base.toASCIIString());
        String path = ascii.getRawPath() == null ? "" : ascii.getRawPath();
        while (path.endsWith("/")) {
            path = path.substring(0, path.length() - 1);
        }
        String query = ascii.getRawQuery();
        return new Target(Endpoint.of(scheme, authority), path + CALL + (query == null ? "" : "?" + query));
    }
}
