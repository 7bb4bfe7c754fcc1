package offload.e2e;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import offload.testing.RawHttp;
import offload.testing.Until;

/**
 * A turn that a test has submitted.
 *
 * @param status its status URL
 * @param events the URL of its events
 */
record Turn(URI status, URI events) {
    static Turn submit(FrontDoor door) throws IOException {
        return submit(door, FrontDoor.JSON);
    }

    static Turn submit(FrontDoor door, String json) throws IOException {
        try (RawHttp http = door.send(FrontDoor.submission(json))) {
            RawHttp.Response response = http.response();
            JsonObject endpoints = Answer.json(response.text()).asJsonObject().getJsonObject("endpoints");
            return new Turn(
                    door.here(endpoints.getString("status_url")), door.here(endpoints.getString("stream_events_url")));
        }
    }

    /** Waits for its final status. */
    void awaitEnd() {
        Until.holds("the turn is final", () -> {
            String text = RawHttp.exchange("GET", status, null).text();
            return text.contains("\"status\":\"done\"") || text.contains("\"status\":\"error\"");
        });
    }
}
