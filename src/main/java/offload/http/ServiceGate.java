package offload.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import offload.http.message.BearerToken;
import offload.http.message.RequestField;
import offload.keys.Admission;
import offload.keys.RapidApiSecret;
import offload.keys.ServiceKeys;
import offload.turn.ApiError;
import offload.turn.ApiException;
import org.jspecify.annotations.Nullable;

/** Lets submissions in: by service key where there are keys, and with care where none is needed. Any thread. */
final class ServiceGate {
    /** In the order in which they count. */
    private static final List<HeaderName> KEY_FIELDS =
            List.of(HeaderNames.create("X-RapidAPI-Key"), HeaderNames.create("X-API-Key"));

    private static final HeaderName PROXY_SECRET = HeaderNames.create("X-RapidAPI-Proxy-Secret");

    private final ServiceKeys keys;
    private final Rules rules;
    private final RapidApiSecret proxySecret;
    private final CrossOrigin crossOrigin;
    private final Peers peers;

    /**
     * What the operator says of access.
     *
     * @param mode who may submit
     * @param keyless whether a submission can spend the operator's tokens without any key
     */
    record Rules(AccessMode mode, BooleanSupplier keyless) {}

    ServiceGate(ServiceKeys keys, Rules rules, RapidApiSecret proxySecret, CrossOrigin crossOrigin, Peers peers) {
        this.keys = keys;
        this.rules = rules;
        this.proxySecret = proxySecret;
        this.crossOrigin = crossOrigin;
        this.peers = peers;
    }

    /** A submission that was let in, and counted as long as nobody takes it back. Confined to its request's thread. */
    static final class Pass {
        private final String owner;
        private final Map<String, String> headers;
        private final Supplier<Map<String, String>> refund;
        private final @Nullable ApiException limit;
        private boolean used;

        private Pass(
                String owner,
                Map<String, String> headers,
                Supplier<Map<String, String>> refund,
                @Nullable ApiException limit) {
            this.owner = owner;
            this.headers = headers;
            this.refund = refund;
            this.limit = limit;
        }

        /** Whose service key it is, for what belongs to him alone; never the key itself. Empty where none was needed. */
        String owner() {
            return owner;
        }

        /** For the answer: where the key stands. What started nothing is taken out of the count before. */
        Map<String, String> settle() {
            return used ? headers : refund.get();
        }

        /** Call it before a turn is started: over the quota there are only answers that were given before. */
        void use() {
            if (limit != null) {
                throw limit;
            }
            used = true;
        }

        /** Takes it out of the count: nothing was started. */
        void undo() {
            var _ = refund.get();
        }
    }

    /** Lets a submission in, and counts it; or says why not. Over the quota, {@link Pass#use} does. */
    Pass admit(ServerRequest request) {
        checkProxy(request);
        Admission admission = rules.mode() == AccessMode.OPEN ? new Admission.Open() : keys.admit(keyOf(request));
        return switch (admission) {
            case Admission.Open open -> openPass(request);
            case Admission.Admitted admitted ->
                new Pass(admitted.key().prefix(), admitted.headers(), admitted::undo, null);
            case Admission.Missing missing -> throw withoutKey();
            case Admission.Wrong wrong -> throw withWrongKey();
            case Admission.OverRate over ->
                throw with(
                        new ApiException(ApiError.RATE_LIMITED, "Too many requests in this minute: try again later."),
                        over.headers());
            case Admission.OverQuota over ->
                new Pass(
                        over.key().prefix(),
                        over.headers(),
                        () -> withoutWait(over.headers()),
                        with(
                                new ApiException(
                                        ApiError.QUOTA_EXCEEDED,
                                        "This month's quota of the service key is used up:"
                                                + " wait for the next month, or have the operator raise it."),
                                over.headers()));
        };
    }

    private Pass openPass(ServerRequest request) {
        if (rules.mode() == AccessMode.KEYS) {
            throw new ApiException(
                    ApiError.SERVICE_KEY_MISSING,
                    "This server takes submissions with service keys only, and has none yet: its operator makes one with"
                            + " `scripts/offload key create`.");
        }
        if (rules.keyless().getAsBoolean()) {
            crossOrigin.guardKeyless(request);
        }
        return new Pass("", Map.of(), Map::of, null);
    }

    private void checkProxy(ServerRequest request) {
        if (proxySecret.isConfigured() && !proxySecret.accepts(RequestField.first(request, PROXY_SECRET))) {
            throw new ApiException(
                    ApiError.SERVICE_KEY_INVALID, "This server takes submissions through its API gateway only.");
        }
    }

    /** Lets a public turn be deleted: with any service key; where none exist, from this machine alone. */
    void allowDeletion(ServerRequest request) {
        Admission admission = keys.admit(keyOf(request));
        switch (admission) {
            case Admission.Admitted admitted -> admitted.undo();
            case Admission.Open open -> {
                if (!peers.isLocal(request) || !crossOrigin.isCalledLocally(request)) {
                    throw new ApiException(
                            ApiError.NOT_LOCAL,
                            "Public conversations can be deleted with a service key, or from the server's own machine.");
                }
                crossOrigin.guardKeyless(request);
            }
            case Admission.OverRate over -> {}
            case Admission.OverQuota over -> {}
            case Admission.Missing missing -> throw withoutKey();
            case Admission.Wrong wrong -> throw withWrongKey();
        }
    }

    private static @Nullable String keyOf(ServerRequest request) {
        for (HeaderName name : KEY_FIELDS) {
            String key = RequestField.first(request, name);
            if (key != null) {
                return key;
            }
        }
        return BearerToken.of(request);
    }

    private static ApiException withoutKey() {
        return refusal(ApiError.SERVICE_KEY_MISSING, "Send your service key");
    }

    private static ApiException withWrongKey() {
        return refusal(ApiError.SERVICE_KEY_INVALID, "This service key is unknown or revoked: send a valid one");
    }

    private static ApiException refusal(ApiError error, String what) {
        return new ApiException(
                error, what + " in the header `X-API-Key`, `X-RapidAPI-Key` or `Authorization: Bearer`.");
    }

    /** An answer that was given before is given at once. */
    private static Map<String, String> withoutWait(Map<String, String> headers) {
        Map<String, String> standing = new LinkedHashMap<>(headers);
        standing.remove("Retry-After");
        return standing;
    }

    private static ApiException with(ApiException e, Map<String, String> headers) {
        headers.forEach(e::with);
        return e;
    }
}
