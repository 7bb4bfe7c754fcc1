package offload.http;

import offload.json.JsonWriter;
import offload.turn.ApiError;
import offload.turn.ApiException;
import org.jspecify.annotations.Nullable;

/** The one shape of every error answer. Stateless. */
final class ErrorBody {
    private ErrorBody() {}

    static byte[] of(ApiException e) {
        return of(e.error(), e.sentence(), e.param());
    }

    static byte[] of(ApiError error, String message, @Nullable String param) {
        JsonWriter out =
                new JsonWriter().beginObject().name("status").value("error").name("error");
        out.beginObject().name("message").value(message).name("type").value(error.type());
        out.name("param").value(param).name("code").value(error.code());
        return out.endObject().endObject().toBytes();
    }
}
