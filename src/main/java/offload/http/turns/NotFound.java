package offload.http.turns;

import offload.turn.ApiError;
import offload.turn.ApiException;

/** What is not there. */
final class NotFound {
    private NotFound() {}

    static ApiException turn() {
        return new ApiException(
                ApiError.NOT_FOUND, "There is no such conversation: check the URL, or whether it was deleted.");
    }
}
