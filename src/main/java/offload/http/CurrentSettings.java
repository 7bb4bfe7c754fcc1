package offload.http;

import offload.turn.RequestLimits;

/**
 * What of the settings may change while the server runs: origins, limits of requests, who pays. Whoever asks, asks each
 * time anew. Any thread.
 */
public final class CurrentSettings {
    private volatile HttpSettings http;
    private volatile RequestLimits requests;

    /** Begins with these. */
    public CurrentSettings(HttpSettings http, RequestLimits requests) {
        this.http = http;
        this.requests = requests;
    }

    /** From now on these. The names it answers to, the number of connections and the shard stay what they were at the start. */
    public void adjust(HttpSettings newHttp, RequestLimits newRequests) {
        http = http.adjusted(newHttp);
        requests = newRequests;
    }

    HttpSettings http() {
        return http;
    }

    RequestLimits requests() {
        return requests;
    }
}
