package offload.http.turns;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import offload.files.DataFolder;
import offload.files.WholeFile;
import offload.http.message.Answers;
import offload.json.Json;
import offload.json.JsonFault;
import offload.turn.ApiError;
import offload.turn.ApiException;
import offload.turn.TurnPath;

/**
 * {@code GET <name>.webhook.json}: what became of a turn's webhook, try by try, for who may read its status. What the
 * receiver answered is left out: a webhook must not be a way to read what only this server can reach.
 */
final class WebhookRoute implements TurnHandler {
    private static final String TRIES = "attempts";

    private final DataFolder data;
    private final Gatekeeper gatekeeper;

    WebhookRoute(DataFolder data, Gatekeeper gatekeeper) {
        this.data = data;
        this.gatekeeper = gatekeeper;
    }

    @Override
    public void handle(TurnPath path, ServerRequest request, ServerResponse response) throws IOException {
        gatekeeper.open(request, path);
        byte[] record = WholeFile.read(data.files(path).webhook());
        if (record == null) {
            throw new ApiException(
                    ApiError.NOT_FOUND,
                    "No try to deliver a webhook is recorded here: the first one follows the end of a turn that has one.");
        }
        response.header(HeaderNames.CACHE_CONTROL, "private, no-store");
        Answers.json(request, response, 200, withoutAnswers(record));
    }

    private static byte[] withoutAnswers(byte[] record) throws IOException {
        JsonObject whole = read(record);
        JsonArrayBuilder tries = Json.createArrayBuilder();
        for (JsonObject each : whole.getJsonArray(TRIES).getValuesAs(JsonObject.class)) {
            tries.add(Json.createObjectBuilder(each).remove("answer"));
        }
        JsonObject shown = Json.createObjectBuilder(whole).add(TRIES, tries).build();
        return shown.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static JsonObject read(byte[] record) throws IOException {
        try {
            return Json.object(record);
        } catch (JsonFault e) {
            throw new IOException("a webhook record that is no JSON", e);
        }
    }
}
