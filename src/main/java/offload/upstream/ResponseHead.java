package offload.upstream;

import java.util.Map;

/**
 * The head of an upstream's response.
 *
 * @param status the HTTP status code
 * @param protocol for example {@code HTTP/1.1}
 * @param headers names in lower case, in order of arrival; repeated fields joined by {@code ", "}
 */
public record ResponseHead(int status, String protocol, Map<String, String> headers) {}
