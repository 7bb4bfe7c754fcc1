package offload.http;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntSupplier;
import offload.metrics.Counters;
import offload.metrics.Family;
import offload.metrics.Reading;
import offload.turn.ApiError;

/** What the front door has done so far. Any thread. */
public final class HttpNumbers {
    private final Counters requests = new Counters(
            "offload_http_requests_total",
            "Requests that were answered, by class of status.",
            "status",
            List.of("2xx", "3xx", "4xx", "5xx"));
    private final Counters rejected = new Counters(
            "offload_requests_rejected_total",
            "Requests that were refused, by the code of the error.",
            "reason",
            Arrays.stream(ApiError.values()).map(ApiError::code).toList());
    private final CapacityLog capacity = new CapacityLog(System::nanoTime);
    private volatile IntSupplier readers = () -> 0;

    /** All of them, for showing. */
    public List<Family> families() {
        return List.of(
                requests,
                rejected,
                Reading.gauge("offload_readers", "Event streams that are open.", () -> readers.getAsInt()));
    }

    void countReaders(IntSupplier howMany) {
        readers = howMany;
    }

    void answered(int status) {
        requests.count(status / 100 + "xx");
    }

    /** A request, or a connection, was refused for the reason that {@code why} tells. */
    void rejected(ApiError error, String why) {
        rejected.count(error.code());
        capacity.refused(error, why);
    }

    /** A request was answered with {@code error} that was none for a route. */
    void refused(ApiError error) {
        rejected(error, "Requests with large headers take the memory there is for them.");
        answered(error.status());
    }
}
