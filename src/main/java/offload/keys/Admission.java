package offload.keys;

import java.util.Map;
import java.util.function.Supplier;

/**
 * Whether a request may be served. {@code headers} are to be put on the answer whatever comes of the request; names and
 * values are ready for the wire.
 */
public sealed interface Admission {

    /** No keys were ever made: everybody may come in, as far as keys are concerned. */
    record Open() implements Admission {}

    /**
     * The key is in force and within its limits, and the request is counted.
     *
     * @param key whose key it is
     * @param refund takes the request back out of the count, at most once, and gives the headers as they are then
     */
    record Admitted(ServiceKey key, Map<String, String> headers, Supplier<Map<String, String>> refund)
            implements Admission {

        /** The request does not count: it started nothing. Gives the headers without it; a second call does nothing else. */
        public Map<String, String> undo() {
            return refund.get();
        }
    }

    /** There are keys, and the request has none: 401. */
    record Missing() implements Admission {}

    /** The key is unknown or revoked: 401. */
    record Wrong() implements Admission {}

    /** More requests within 60 seconds than the key may make: 429. {@code headers} hold {@code Retry-After} too. */
    record OverRate(ServiceKey key, Map<String, String> headers) implements Admission {}

    /** More requests in this month than the key may make: 429. {@code headers} hold {@code Retry-After} too. */
    record OverQuota(ServiceKey key, Map<String, String> headers) implements Admission {}
}
